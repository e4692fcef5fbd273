"""How contacts become one: which values stay, and what else they are known by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from . import fields, rules
from .cards import ContactCard, card_of
from .choices import Choice, choice_among
from .models import Contact

CHOSEN = (
    "last_name",
    "first_name",
    "phone",
    "email",
    "position",
    "company",
    "type",
    "language",
    "responsible",
)
"""Of these one value stays; comments are joined, and what one shares all share."""

INNER = "custom"
"""The column that holds several values by name."""


def choices(
    contacts: Sequence[Contact], *, survivor: Contact | None, wanted: Mapping[str, int]
) -> list[Choice]:
    """Return for each field whose value stays.

    It is the wanted one's, else the survivor's, else that of the newest who has one.
    """
    stays = survivor.pk if survivor else None
    newest = sorted(contacts, key=lambda it: (it.pk == stays, it.edited_at, it.pk), reverse=True)
    preferred = [contact.pk for contact in newest]
    keys = sorted(
        {key for contact in contacts for key in contact.custom}, key=lambda it: int(it[1:])
    )
    return [
        choice_among(
            field,
            {contact.pk: text_of(contact, field) for contact in contacts},
            preferred=preferred,
            wanted=wanted.get(field),
        )
        for field in (*CHOSEN, *keys)
    ]


def text_of(contact: Contact, field: str) -> str:
    """Return a value as text: what is compared, and what is kept of those that do not stay."""
    if field in CHOSEN:
        return rules.text(contact, field)
    return fields.plain(contact.custom.get(field))


def card(survivor: Contact, contacts: Sequence[Contact], chosen: Sequence[Choice]) -> ContactCard:
    """Return what is written about them once they are one."""
    by_number = {contact.pk: contact for contact in contacts}
    own = {
        it.field: getattr(by_number[it.chosen], it.field) for it in chosen if it.field in CHOSEN
    }
    further = {it.field: by_number[it.chosen].custom.get(it.field) for it in chosen}
    comments = dict.fromkeys(each.comment.strip() for each in contacts if each.comment.strip())
    return replace(
        card_of(survivor),
        **own,
        comment="\n\n".join(comments),
        is_shared=any(contact.is_shared for contact in contacts),
        custom={key: it for key, it in further.items() if key not in CHOSEN and it is not None},
    )
