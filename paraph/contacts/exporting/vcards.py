"""Contacts as vCards: 4.0 (RFC 6350), and 3.0 for programs that know no newer one."""

from collections.abc import Iterable, Iterator
from typing import Literal

from paraph.contacts import fields
from paraph.contacts.models import Contact, CustomField

Version = Literal["4.0", "3.0"]
_OCTETS = 75  # of a line, before it is folded
_CARDS_AT_ONCE = 200


def vcard_lines(
    contacts: Iterable[Contact], *, version: Version, further: Iterable[CustomField]
) -> Iterator[bytes]:
    """Write one card after the other, some hundred at a time."""
    kept: list[bytes] = []
    known = list(further)
    for number, contact in enumerate(contacts, start=1):
        kept.extend(folded(line) for line in _card(contact, version, known))
        if number % _CARDS_AT_ONCE == 0:
            yield b"".join(kept)
            kept.clear()
    yield b"".join(kept)


def folded(line: str) -> bytes:
    """Return a line with its end, broken so that no part has more octets than allowed."""
    octets = line.encode()
    parts = []
    while len(octets) > _OCTETS:
        cut = _OCTETS
        while octets[cut] & 0xC0 == 0x80:  # in the middle of a letter
            cut -= 1
        parts.append(octets[:cut])
        octets = b" " + octets[cut:]
    return b"\r\n".join([*parts, octets]) + b"\r\n"


def escaped(text: str) -> str:
    """Return a text as it stands between the separators of a property."""
    text = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _card(contact: Contact, version: Version, further: list[CustomField]) -> Iterator[str]:
    is_new = version == "4.0"
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"N:{escaped(contact.last_name)};{escaped(contact.first_name)};;;"
    yield f"FN:{escaped(contact.name)}"
    phone = "TEL;VALUE=uri:tel:" if is_new else "TEL;TYPE=CELL:"
    email = "EMAIL:" if is_new else "EMAIL;TYPE=INTERNET:"
    yield from _if_any(phone, contact.phone)
    yield from _if_any(email, contact.email)
    yield from _if_any("TITLE:", contact.position)
    yield from _if_any("ORG:", contact.company.name if contact.company else "")
    yield from _if_any("LANG:" if is_new else "X-PARAPH-LANGUAGE:", contact.language)
    yield from _if_any("CATEGORIES:", contact.type)
    yield from _if_any("NOTE:", contact.comment)
    yield from _if_any("X-PARAPH-RESPONSIBLE:", contact.responsible.email)
    yield from _if_any("X-PARAPH-SHARED:", "yes" if contact.is_shared else "")
    for field in further:
        label = escaped(field.label)
        value = fields.plain(contact.custom.get(field.key))
        yield from _if_any(f"X-PARAPH-FIELD:{label};", value)
    yield "END:VCARD"


def _if_any(beginning: str, text: str) -> Iterator[str]:
    if text:
        yield beginning + escaped(text)
