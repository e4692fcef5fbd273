"""What a browser sent in place of a number."""

import pytest

from paraph.kit.numbers import key_of_row, whole_number


@pytest.mark.parametrize("text", ["", "x", "-1", "+1", "1_0", " 1", "²", "٣", "9" * 5_000])
def test_any_text_but_plain_digits_is_no_number(text: str) -> None:
    assert whole_number(text) is None


def test_plain_digits_are_a_number() -> None:
    assert (whole_number("0"), whole_number("042")) == (0, 42)


def test_text_that_is_no_number_names_no_row() -> None:
    assert (key_of_row("²"), key_of_row("7")) == (0, 7)
