"""Which companies are likely the same: by what they are compared, and what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from paraph.kit.search import normalise

from .duplicates import ENOUGH, PHONE_DIGITS, key_of
from .models import Company

_FORMS = """
sarl sas sasu sa eurl sci snc scop ltd limited plc llp llc inc corp gmbh ag kg ug ohg gbr mbh co
spzoo zoo sp oo spolka spj spk sro as bv nv srl spa sl ab oy the
"""
FORMS = frozenset(_FORMS.split())
"""Legal forms, which people write or leave out."""
_GAPS = re.compile(r"[\W_]+")


class Reason(TextChoices):
    """What speaks for two companies being one."""

    TAX_NUMBER = "tax-number", _("Same tax number")
    REGISTER = "register", _("Same registration number")
    IBAN = "iban", _("Same bank account")
    NAME = "name", _("Same name")
    PHONE = "phone", _("Same phone")
    EMAIL = "email", _("Same e-mail")
    WEBSITE = "website", _("Same website")


WEIGHTS = {
    Reason.TAX_NUMBER: 60,
    Reason.REGISTER: 60,
    Reason.IBAN: 50,
    Reason.NAME: 50,
    Reason.PHONE: 30,
    Reason.EMAIL: 30,
    Reason.WEBSITE: 40,
}


@dataclass(frozen=True)
class Traits:
    """What of a company is compared with others: for each reason, in one form each."""

    values: dict[Reason, frozenset[str]]


def traits_of(company: Company) -> Traits:
    """Return what is compared, however it was written, with what it is also known by."""
    known = [(name, str(getattr(company, name))) for name in _READ]
    known += [(entry["field"], entry["value"]) for entry in company.also]
    found: dict[Reason, set[str]] = {}
    for name, value in known:
        if name in _READ and (form := _READ[name][1](value)):
            found.setdefault(_READ[name][0], set()).add(form)
    return Traits({reason: frozenset(forms) for reason, forms in found.items()})


def likeness(one: Traits, other: Traits) -> list[Reason]:
    """Return everything that speaks for one company; nothing when it is not enough.

    Two tax numbers of one country that differ speak against it, whatever else is the same.
    """
    ours, theirs = (it.values.get(Reason.TAX_NUMBER) for it in (one, other))
    if ours and theirs and not ours & theirs and _lands(ours) & _lands(theirs):
        return []
    shared = [
        reason
        for reason in Reason
        if one.values.get(reason, frozenset()) & other.values.get(reason, frozenset())
    ]
    return shared if sum(WEIGHTS[reason] for reason in shared) >= ENOUGH else []


def keys(of: Traits) -> Iterator[int]:
    """Yield the keys under which a scan looks for others like this one."""
    for reason, forms in of.values.items():
        for form in forms:
            yield key_of(reason, form)


def _lands(numbers: Iterable[str]) -> set[str]:
    """Return the letters before tax numbers; one without letters is of an unknown country."""
    return {number[:2] if number[:2].isalpha() else "" for number in numbers}


def _name(text: str) -> str:
    words = [word for word in _GAPS.split(normalise(text).replace(".", "")) if word]
    return " ".join([word for word in words if word not in FORMS] or words)


def _number(text: str) -> str:
    return _GAPS.sub("", text).upper()


def _phone(text: str) -> str:
    return text[-PHONE_DIGITS:]


def _site(text: str) -> str:
    bare = normalise(text).partition("://")[2] or normalise(text)
    return bare.removeprefix("www.").rstrip("/")


_READ: dict[str, tuple[Reason, Any]] = {
    "tax_number": (Reason.TAX_NUMBER, _number),
    "registration_number": (Reason.REGISTER, _number),
    "iban": (Reason.IBAN, _number),
    "name": (Reason.NAME, _name),
    "legal_name": (Reason.NAME, _name),
    "phone": (Reason.PHONE, _phone),
    "email": (Reason.EMAIL, str.casefold),
    "website": (Reason.WEBSITE, _site),
}
"""How each column is compared. Any: functions of a text."""
