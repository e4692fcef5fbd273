"""How seldom a long-lived process searches its memory for garbage."""

import gc

ENOUGH_THINGS, YOUNG, OLD = 25_000, 20, 50


def settle() -> None:
    """Leave what is loaded by now out of every search, and search less often than Python would.

    A page or a signed file makes small things by the ten thousand, and almost none of them in
    circles: looking for those took a tenth of the processor's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(ENOUGH_THINGS, YOUNG, OLD)
