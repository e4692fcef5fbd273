"""How the child says no: with a code, and never with a crash if it can help it."""


class Refusal(Exception):
    """The file cannot be used; the code says why, the facts fill the sentence."""

    def __init__(self, code: str, **facts: int | str) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)
