"""The check before release lets nothing pass that is not whole."""

import pytest

from paraph.sealing.release import NotReleasable, check
from tests.sealing.papers import PARTIES, certified, completed, prepared, values

ENTERED = {name: value for party in PARTIES for name, value in values(party).items()}


def test_a_completed_file_may_leave() -> None:
    check(completed(), expected=ENTERED, signatures=4)


def test_a_certified_file_may_leave() -> None:
    check(certified(prepared())[0], expected={"company_name": ""}, signatures=1)


def test_a_file_without_signatures_may_not() -> None:
    with pytest.raises(NotReleasable):
        check(prepared().pdf, expected={}, signatures=1)


@pytest.mark.parametrize("count", [3, 5])
def test_the_number_of_signatures_must_be_right(count: int) -> None:
    with pytest.raises(NotReleasable, match="4 signatures instead"):
        check(completed(), expected=ENTERED, signatures=count)


@pytest.mark.parametrize("ending", [b"\n", b"x", b"%%EOF\n", b"\x00" * 40])
def test_nothing_may_follow_the_last_signature(ending: bytes) -> None:
    with pytest.raises(NotReleasable):
        check(completed() + ending, expected=ENTERED, signatures=4)


def test_a_cut_file_may_not_leave() -> None:
    file = completed()

    for size in (len(file) - 1, len(file) - 500, len(file) // 2):
        with pytest.raises(NotReleasable):
            check(file[:size], expected=ENTERED, signatures=4)


@pytest.mark.slow
def test_no_byte_may_differ() -> None:
    file = completed()

    for place in range(50, len(file), len(file) // 25):
        altered = bytearray(file)
        altered[place] ^= 1
        with pytest.raises(NotReleasable):
            check(bytes(altered), expected=ENTERED, signatures=4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_name", "Иван"),
        ("client_name", "Иван Петров II"),
        ("client_agree", False),
        ("company_day", ""),
        ("nobody_name", "x"),
    ],
)
def test_what_was_entered_must_be_there(name: str, value: str | bool) -> None:
    with pytest.raises(NotReleasable):
        check(completed(), expected={**ENTERED, name: value}, signatures=4)
