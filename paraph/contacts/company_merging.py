"""How companies become one: which requisites stay, and what else they are known by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from . import rules
from .cards import Requisites, requisites_of
from .choices import Choice, choice_among
from .models import Company

OURS_ALONE = {"colour", "director", "further"}
REQUISITES = tuple(field.name for field in fields(Requisites) if field.name not in OURS_ALONE)
CHOSEN = (*REQUISITES, "responsible")
"""Of these one value stays."""

INNER = "further"
"""The column that holds what only some countries ask for, by name."""
PICTURES = ("logo", "stamp", "signature")


def choices(
    companies: Sequence[Company], *, survivor: Company | None, wanted: Mapping[str, int]
) -> list[Choice]:
    """Return for each field whose value stays.

    It is the wanted one's, else the survivor's, else that of the newest that has one.
    """
    stays = survivor.pk if survivor else None
    newest = sorted(companies, key=lambda it: (it.pk == stays, it.created_at, it.pk), reverse=True)
    preferred = [company.pk for company in newest]
    names = sorted({name for company in companies for name in company.further})
    return [
        choice_among(
            field,
            {company.pk: text_of(company, field) for company in companies},
            preferred=preferred,
            wanted=wanted.get(field),
        )
        for field in (*CHOSEN, *(f"{INNER}.{name}" for name in names))
    ]


def text_of(company: Company, field: str) -> str:
    """Return a value as text: what is compared, and what is kept of those that do not stay."""
    if field in CHOSEN:
        return rules.text(company, field)
    return str(company.further.get(field.removeprefix(f"{INNER}."), ""))


def requisites(
    survivor: Company, companies: Sequence[Company], chosen: Sequence[Choice]
) -> Requisites:
    """Return what is written about them once they are one."""
    by_number = {company.pk: company for company in companies}
    own = {
        it.field: getattr(by_number[it.chosen], it.field)
        for it in chosen
        if it.field in REQUISITES
    }
    further = {
        it.field.removeprefix(f"{INNER}."): it.values[it.chosen]
        for it in chosen
        if it.field not in CHOSEN
    }
    return replace(requisites_of(survivor), **own, further=further)
