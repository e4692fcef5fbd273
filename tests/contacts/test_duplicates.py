"""Duplicates: what speaks for two contacts being one person."""

import pytest

from paraph.contacts import queries
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from paraph.contacts.duplicates import Reason, Traits, keys, likeness, traits
from tests.cast import Cast
from tests.moments import NOON

P, Q = "+33612345678", "+48602345678"


def _traits(first: str, last: str, phone: str = P, email: str = "", company: int = 0) -> Traits:
    return traits(first, last, phones=[phone], emails=[email], company=company or None)


SVEN = _traits("Świętosława", "Żółtowska", Q, "s.zoltowska@example.org", 7)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (_traits("Swietoslawa", "ZOLTOWSKA", P), [Reason.NAME]),
        (_traits("Żółtowska", "Świętosława", P), [Reason.SWAPPED]),
        (_traits("S.", "Żółtowska", P, company=7), [Reason.INITIAL, Reason.COMPANY]),
        (_traits("S.", "Żółtowska", P), []),
        (_traits("Świętosława", "Żółtovska", P, company=7), [Reason.SPELLING, Reason.COMPANY]),
        (_traits("Świętosława", "Żótlowska", P, company=7), [Reason.SPELLING, Reason.COMPANY]),
        (_traits("Świętosława", "Żółtowskaa", P, company=7), [Reason.SPELLING, Reason.COMPANY]),
        (_traits("Jan", "Nowak", "0602345678"), [Reason.PHONE]),
        (_traits("Jan", "Nowak", P, "S.Zoltowska+work@Example.org"), [Reason.EMAIL]),
        (_traits("Jan", "Nowak", P, company=7), []),
    ],
)
def test_what_speaks_for_one_person_is_named(other: Traits, reasons: list[Reason]) -> None:
    assert likeness(SVEN, other) == reasons
    assert likeness(other, SVEN) == reasons


def test_double_names_and_apostrophes_make_no_difference() -> None:
    one, other = _traits("Jean-Pierre", "O’Neill"), _traits("Jean Pierre", "O'Neill", Q)

    assert likeness(one, other) == [Reason.NAME]


@pytest.mark.parametrize(
    "other",
    [
        _traits("Swietoslawa", "Zoltowska", P),
        _traits("Żółtowska", "Świętosława", P),
        _traits("S", "Żółtowska", P),
        _traits("Świętosława", "Żółtovska", P),
        _traits("Jan", "Nowak", Q),
        _traits("Jan", "Nowak", P, "S.Zoltowska+work@example.org"),
    ],
)
def test_a_scan_compares_those_who_are_alike(other: Traits) -> None:
    assert set(keys(SVEN)) & set(keys(other))


def test_somebody_likely_the_same_is_shown_before_saving(cast: Cast) -> None:
    card = ContactCard("Żółtowska", "Świętosława", Q, "s.zoltowska@kowalski.example")
    create_contact(card, responsible=cast.alice, by=cast.alice.actor, at=NOON)

    by_phone = queries.likely_the_same(cast.alice, _traits("Ada", "Other", Q))
    by_name = queries.likely_the_same(cast.alice, _traits("Zoltowska", "Swietoslawa", P))
    by_nothing = queries.likely_the_same(cast.alice, _traits("Ada", "Other", "+33600000000"))

    assert [each.reasons for each in by_phone] == [[Reason.PHONE]]
    assert [each.contact.last_name for each in by_name] == ["Żółtowska"]
    assert by_nothing == []


def test_a_stranger_is_not_told_who_is_in_the_directory(cast: Cast) -> None:
    like = _traits("Frank", "Kowalski", "+33612345601")

    assert queries.likely_the_same(cast.mallory, like) == []
