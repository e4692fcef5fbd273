"""Words as people read them: amounts stay whole, with their spaces and currency."""

import pytest

from paraph.sealing.seen.words import is_amount, joined, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The price is 1 200,00 EUR.", ["The", "price", "is", "1 200,00 EUR", "."]),
        ("€ 1,250.50 now", ["€ 1,250.50", "now"]),
        ("12\u00a0450\u00a0zł razem", ["12\u00a0450\u00a0zł", "razem"]),
        ("on 02.06.2025 at 12:30", ["on", "02.06.2025", "at", "12:30"]),
        ("Clause 4.2 and B12", ["Clause", "4.2", "and", "B12"]),
        ("100,00\n200,00", ["100,00", "200,00"]),
    ],
)
def test_an_amount_is_one_word(text: str, words: list[str]) -> None:
    assert [word.text for word in words_in(text)] == words


@pytest.mark.parametrize("text", ["1 200,00 EUR", "€5", "12.450,00", "99 zł", "1,000"])
def test_money_is_recognised(text: str) -> None:
    assert is_amount(text)


@pytest.mark.parametrize("text", ["30", "2025", "02.06.2025", "page", "12:30", "1 200,00 EUR now"])
def test_other_numbers_are_no_money(text: str) -> None:
    assert not is_amount(text)


def test_words_are_joined_as_they_stood() -> None:
    words = list(words_in("Pay 5,00 EUR. Now"))

    assert joined(words) == "Pay 5,00 EUR. Now"
