"""Whether the operating system says that its clock is synchronised (adjtimex), and how far from
other clocks it may be."""

from __future__ import annotations

import ctypes

TIME_ERROR = 5
ROOM = 256  # more than struct timex takes anywhere


# A service tells whole seconds, and the way there and back takes its time.
DRIFT_SECONDS = 2.5


def is_synchronised() -> bool:
    """Tell whether the kernel vouches for the clock; where it cannot be asked, it does not."""
    return kernel_says() is True


def kernel_says() -> bool | None:
    """Ask the kernel, without changing anything; nothing where it cannot be asked."""
    try:
        answer: int = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(ROOM))
    except (OSError, AttributeError):
        return None
    return None if answer == -1 else answer != TIME_ERROR
