"""Words as people read them: an amount with its spaces and its currency is one of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SPACE = "[ \u00a0\u202f]"
_CURRENCY = r"(?:[€$£]|zł\b|(?:EUR|PLN|USD|GBP|CHF|euros?|dollars?|złotych)\b)"
_GROUPED = rf"\d{{1,3}}(?:(?:{_SPACE}|[.,'’])\d{{3}})+(?:[.,]\d{{1,2}})?"
_PLAIN = r"\d+(?:[.,]\d{1,2})?"
_NUMBER = rf"(?<![\w.,:/])-?(?:{_GROUPED}|{_PLAIN})(?![.,:/]?\d)"
_AMOUNT = rf"(?:{_CURRENCY}{_SPACE}?)?{_NUMBER}(?:{_SPACE}?{_CURRENCY})?(?!\w)"
_TOKEN = re.compile(rf"{_AMOUNT}|\S+")
_ONE_AMOUNT = re.compile(_AMOUNT)
_MONEY = re.compile(rf"{_CURRENCY}|[.,]\d{{2}}$|\d(?:{_SPACE}|[.,'’])\d{{3}}")


@dataclass(frozen=True)
class Word:
    """A word and where its characters stand in the text of its page."""

    text: str
    start: int
    end: int


def words_in(text: str) -> Iterator[Word]:
    """Part a text into words, an amount never in pieces."""
    for match in _TOKEN.finditer(text):
        yield Word(match.group(), match.start(), match.end())


def is_amount(text: str) -> bool:
    """Tell whether the words are one sum of money, or a number written like one."""
    return bool(_ONE_AMOUNT.fullmatch(text) and _MONEY.search(text))


def joined(words: Sequence[Word], *, read_as: Sequence[str] = ()) -> str:
    """Return the words as one text, or what they are read as."""
    texts = read_as or [word.text for word in words]
    ends = [None, *(word.end for word in words)]
    parts = zip(words, texts, ends, strict=False)
    return "".join(text if end in (None, word.start) else f" {text}" for word, text, end in parts)
