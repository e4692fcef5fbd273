"""Address books as phones and programs write them, from vCard 2.1 to 4.0."""

from __future__ import annotations

import pytest

from paraph.contacts.importing.child.vcards import TYPES
from paraph.contacts.models import ContactType
from tests.contacts.opening import opened


def _cards(*lines: str, end: str = "\r\n") -> list[dict[str, str]]:
    return _found(end.join(lines).encode())


def _found(content: bytes) -> list[dict[str, str]]:
    """Return what is known of each card."""
    _answer, (heading, *rows) = opened(content)
    pairs = [zip(heading, row, strict=False) for row in rows]
    return [{name: value for name, value in each if value} for each in pairs]


def _one(*lines: str) -> dict[str, str]:
    (card,) = _cards("BEGIN:VCARD", *lines, "END:VCARD")
    return card


@pytest.mark.parametrize(
    ("parameters", "encoding"),
    [
        (";CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE", "utf-8"),
        (";ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1250", "cp1250"),
        (";QUOTED-PRINTABLE;CHARSET=ISO-8859-2", "iso8859_2"),
        (";ENCODING=QUOTED-PRINTABLE", "utf-8"),
        (";ENCODING=QUOTED-PRINTABLE;CHARSET=nonsense", "cp1250"),
    ],
)
def test_letters_of_old_cards_are_read_as_they_say(parameters: str, encoding: str) -> None:
    octets = ["".join(f"={it:02X}" for it in word.encode(encoding)) for word in ("Łąk", "Żółć")]

    card = _one("VERSION:2.1", f"N{parameters}:{';'.join(octets)}")

    assert card == {"last_name": "Łąk", "first_name": "Żółć"}


def test_lines_are_joined_at_folds_and_at_soft_breaks() -> None:
    card = _one(
        *("N:Nowak;Ja", " n;;;", "TITLE:Head", "\t of sales"),
        *("NOTE;ENCODING=QUOTED-PRINTABLE:first=", " half=0D=0A=", "second"),
    )

    assert (card["first_name"], card["position"]) == ("Jan", "Head of sales")
    assert card["comment"].splitlines() == ["first half", "second"]


def test_whoever_is_named_as_an_agent_is_a_card_and_takes_nothing_away() -> None:
    agent = ("AGENT:", "BEGIN:VCARD", "N:Lis;Anna", "END:VCARD")

    found = _cards("BEGIN:VCARD", "N:Nowak;Jan", *agent, "EMAIL:jan@x.example", "END:VCARD")

    assert found == [
        {"last_name": "Lis", "first_name": "Anna"},
        {"last_name": "Nowak", "first_name": "Jan", "email": "jan@x.example"},
    ]


def test_groups_of_other_programs_do_not_hide_the_type() -> None:
    card = _one("N:Nowak;Jan", "CATEGORIES:client", "CATEGORIES:myContacts")

    assert card["type"] == "client"


def test_half_a_letter_spoils_no_other_card() -> None:
    half = "NOTE;CHARSET=UTF-7;ENCODING=QUOTED-PRINTABLE:+2AA-"

    found = _cards(
        *("BEGIN:VCARD", "N:Nowak;Jan", half, "END:VCARD"), *("BEGIN:VCARD", "N:Lis", "END:VCARD")
    )

    assert [card["last_name"] for card in found] == ["Nowak", "Lis"]


def test_a_picture_and_names_of_groups_disturb_nothing() -> None:
    card = _one(
        *("N:Nowak;Jan", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AA", " QSk=", ""),
        *("item1.TEL;type=CELL;type=pref:+48601234567", "item1.X-ABLabel:_$!<Mobile>!$_"),
        "item2.EMAIL;type=INTERNET:jan@x.example",
    )

    assert (card["phone"], card["email"]) == ("+48601234567", "jan@x.example")


@pytest.mark.parametrize(
    "phones",
    [
        ["TEL;TYPE=FAX:02", "TEL:01"],
        ["TEL;TYPE=WORK:02", "TEL;TYPE=CELL:01", "TEL;TYPE=CELL:03"],
        ["TEL;TYPE=HOME,PREF:02", "TEL;TYPE=CELL:01"],
        ["TEL;PREF=2:02", "TEL;VALUE=uri;PREF=1:tel:01"],
    ],
)
def test_of_several_phones_the_one_for_a_link_is_kept(phones: list[str]) -> None:
    assert _one("N:A;B", *phones)["phone"] == "01"


def test_every_note_is_kept() -> None:
    assert _one("N:A;B", "NOTE:one", "NOTE:two")["comment"] == "one\ntwo"


def test_only_our_own_types_are_taken_from_categories() -> None:
    assert set(TYPES) == set(ContactType.values)
    assert "type" not in _one("N:A;B", "CATEGORIES:myContacts,Family")
    assert _one("N:A;B", "CATEGORIES:vip,Partner")["type"] == "partner"


def test_who_has_no_full_name_or_no_parts_of_it_is_told_from_the_other() -> None:
    assert _one("FN:Jean Tour") == {"first_name": "Jean", "last_name": "Tour"}
    assert _one("N:;;;;", "FN:Jean Tour") == {"first_name": "Jean", "last_name": "Tour"}
    assert _one("N:Tour;Jean") == {"first_name": "Jean", "last_name": "Tour"}
    assert _one("EMAIL:a@x.example") == {"email": "a@x.example"}


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_card_that_does_not_end_is_not_lost(end: str) -> None:
    cards = _cards("BEGIN:VCARD", "N:A", "TEL:01", "begin:vcard", "n:B", "tel:02", end=end)

    assert cards == [{"last_name": "A", "phone": "01"}, {"last_name": "B", "phone": "02"}]
