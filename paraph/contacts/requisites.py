"""What a company's papers name in each country: which numbers, how they are checked and written.

Nothing here refuses: ``problem_with`` says in words what is wrong with a number, and whoever
asks decides. What was stored before stays as it is, and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.util import get_cc_module

Words = str | Promise


class Standard(Protocol):
    """A module of python-stdnum."""

    def validate(self, number: str) -> str: ...
    def compact(self, number: str) -> str: ...


@dataclass(frozen=True)
class Number:
    """One number of a company: its name, its check, an example."""

    name: str
    label: Words
    example: str = ""
    standard: str = ""
    """Who checks it in python-stdnum, as ``fr.siren``; without one anything goes."""
    prefix: str = ""
    """The letters of the country that stand before it, wherever it is written."""
    pattern: str = ""
    """Instead of a module: what the number looks like."""
    groups: tuple[int, ...] = ()
    mark: str = " "

    def normalised(self, typed: str) -> str:
        """Return the number as it is stored; what does not check stays as it was typed."""
        typed = " ".join(typed.split())
        if not typed or self.problem_with(typed):
            return typed
        if self.standard:
            return self.prefix + self._standard().compact(typed)
        return re.sub(r"[\s.-]", "", typed).upper() if self.pattern else typed

    def problem_with(self, typed: str) -> str:
        """Say what is wrong with the number; nothing where it is right."""
        if not typed.strip():
            return ""
        if self.pattern and not re.fullmatch(self.pattern, re.sub(r"[\s.-]", "", typed).upper()):
            return self._shape()
        if not self.standard:
            return ""
        try:
            self._standard().validate(typed)
        except InvalidChecksum:
            return _("One digit of this number is wrong: check it against the original.")
        except InvalidLength:
            return _("There are too few or too many digits. Write it like %s.") % self.example
        except ValidationError:
            return self._shape()
        return ""

    def grouped(self, stored: str) -> str:
        """Return the number in the groups in which people read it."""
        rest = stored.removeprefix(self.prefix)
        if not self.groups or len(rest) != sum(self.groups) or self.problem_with(stored):
            return stored
        parts, at = [], 0
        for length in self.groups:
            parts.append(rest[at : at + length])
            at += length
        return " ".join(filter(None, (self.prefix, self.mark.join(parts))))

    def _shape(self) -> str:
        return _("This does not look like such a number. Write it like %s.") % self.example

    def _standard(self) -> Standard:
        country, _dot, name = self.standard.partition(".")
        return cast(Standard, get_cc_module(country, name))


_VAT = gettext_lazy("VAT number")
_TAX = gettext_lazy("Tax number")
_REGISTER = gettext_lazy("Registration number")


@dataclass(frozen=True)
class Country:
    """What a country's companies are asked for, and how its addresses are written."""

    tax_number: Number
    registration_number: Number = Number("registration_number", _REGISTER)
    further: tuple[Number, ...] = ()
    legal_form: str = ""
    """An example of a legal form."""
    address: str = "{street}\n{postcode} {city}"

    @property
    def numbers(self) -> tuple[Number, ...]:
        return (self.tax_number, self.registration_number, *self.further)


def _vat(code: str, example: str, groups: tuple[int, ...] = ()) -> Number:
    prefix = {"CH": "", "GR": "EL"}.get(code, code)
    module = f"{code.lower()}.vat"
    return Number("tax_number", _VAT, example, module, prefix=prefix, groups=groups)


COUNTRIES: dict[str, Country] = {
    "FR": Country(
        Number(
            "tax_number",
            gettext_lazy("VAT number (TVA)"),
            "FR 83 404 833 048",
            "fr.tva",
            prefix="FR",
            groups=(2, 3, 3, 3),
        ),
        Number("registration_number", "SIREN", "404 833 048", "fr.siren", groups=(3, 3, 3)),
        (
            Number("siret", "SIRET", "404 833 048 00022", "fr.siret", groups=(3, 3, 3, 5)),
            Number("rcs", gettext_lazy("Trade register (RCS)"), "RCS Lyon"),
        ),
        legal_form="SAS",
    ),
    "PL": Country(
        Number("tax_number", "NIP", "526-025-09-95", "pl.nip", groups=(3, 3, 2, 2), mark="-"),
        Number("registration_number", "KRS", "0000127206", pattern=r"\d{10}"),
        (Number("regon", "REGON", "123456785", "pl.regon"),),
        legal_form="sp. z o.o.",
    ),
    "DE": Country(
        Number(
            "tax_number",
            gettext_lazy("VAT number (USt-IdNr.)"),
            "DE 136 695 976",
            "de.vat",
            prefix="DE",
            groups=(3, 3, 3),
        ),
        Number(
            "registration_number",
            gettext_lazy("Trade register (Handelsregister)"),
            "Amtsgericht München HRB 12345",
        ),
        (Number("steuernummer", gettext_lazy("Tax number (Steuernummer)"), "181/815/08155"),),
        legal_form="GmbH",
    ),
    "GB": Country(
        Number("tax_number", _VAT, "GB 980 7806 84", "gb.vat", prefix="GB", groups=(3, 4, 2)),
        Number(
            "registration_number",
            gettext_lazy("Company number"),
            "01234567",
            pattern=r"\d{8}|(?:SC|NI|OC|SO|NC|FC|BR|R0|IP|SP|RC|CE|CS|GE|LP|SL|NL)\d{6}",
        ),
        legal_form="Ltd",
        address="{street}\n{city}\n{postcode}",
    ),
    "AT": Country(_vat("AT", "ATU13585627"), legal_form="GmbH"),
    "BE": Country(_vat("BE", "BE 0428 759 497", (4, 3, 3)), legal_form="SRL"),
    "CH": Country(
        Number("tax_number", _VAT, "CHE-107.787.577 IVA", "ch.vat"),
        Number("registration_number", "UID", "CHE-100.155.212", "ch.uid"),
        legal_form="AG",
    ),
    "CZ": Country(_vat("CZ", "CZ25123891"), legal_form="s.r.o."),
    "ES": Country(_vat("ES", "ES54362315K"), legal_form="SL"),
    "IE": Country(
        _vat("IE", "IE6433435F"), legal_form="Ltd", address="{street}\n{city}\n{postcode}"
    ),
    "IT": Country(_vat("IT", "IT00743110157"), legal_form="S.r.l."),
    "LU": Country(_vat("LU", "LU15027442"), legal_form="SARL"),
    "NL": Country(_vat("NL", "NL004495445B01"), legal_form="BV"),
    "PT": Country(_vat("PT", "PT501964843"), legal_form="Lda"),
    "US": Country(
        Number("tax_number", "EIN", "91-1144442", "us.ein", groups=(2, 7), mark="-"),
        legal_form="LLC",
        address="{street}\n{city} {postcode}",
    ),
}
OTHER = Country(Number("tax_number", _TAX))

_FRENCH = {"GF", "GP", "MQ", "RE", "PF", "TF", "YT", "NC", "BL", "MF", "PM", "WF", "MC"}
_BANKS_OF = {"FR": _FRENCH, "MC": {"FR"}, "GB": {"IM", "GG", "JE"}}
"""Countries whose banks keep accounts of another one's numbering."""


def of_country(code: str) -> Country:
    """Return what is known of a country; of one that nobody told us about, the plain fields."""
    return COUNTRIES.get(code, OTHER)


def iban_normalised(typed: str) -> str:
    """Return an IBAN as it is stored; what does not check stays as it was typed."""
    compact = re.sub(r"[\s-]", "", typed).upper()
    return compact if not problem_with_iban(compact) else " ".join(typed.split())


def problem_with_iban(typed: str) -> str:
    """Say what is wrong with a bank account; nothing where it is right or empty."""
    if not typed.strip():
        return ""
    compact = re.sub(r"[\s-]", "", typed).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", compact):
        return _("This is no IBAN: it begins with a country and two digits, like FR76 3000.")
    try:
        stdnum_iban.validate(compact)
    except InvalidChecksum:
        return _("This IBAN has a typing mistake: check its digits.")
    except ValidationError:
        return _("This IBAN does not fit its country: check its length and its digits.")
    return ""


def grouped_iban(stored: str) -> str:
    """Return an IBAN in groups of four."""
    if problem_with_iban(stored):
        return stored
    return " ".join(stored[at : at + 4] for at in range(0, len(stored), 4))


def problem_with_bic(typed: str, *, iban: str = "") -> str:
    """Say what is wrong with a bank's code, by itself or beside the account."""
    if not typed.strip():
        return ""
    try:
        code = stdnum_bic.validate(typed)
    except ValidationError:
        return _("A BIC has 8 or 11 letters and digits, like AGRIFRPP or AGRIFRPP882.")
    ours, theirs = iban[:2].upper(), code[4:6]
    if iban and not problem_with_iban(iban) and theirs not in {ours} | _BANKS_OF.get(ours, set()):
        words = _("This BIC is of a bank in another country (%(bic)s) than the IBAN (%(iban)s).")
        return words % {"bic": theirs, "iban": ours}
    return ""


def contradiction(country: str, values: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the field and the words where right numbers do not belong to one company."""
    if country != "FR":
        return None
    siren, tax = values.get("registration_number", ""), values.get("tax_number", "")
    if re.fullmatch(r"\d{9}", siren) and re.fullmatch(r"FR\d{11}", tax) and tax[4:] != siren:
        return "tax_number", _("This VAT number belongs to another SIREN.")
    siret = values.get("siret", "")
    if re.fullmatch(r"\d{9}", siren) and re.fullmatch(r"\d{14}", siret) and siret[:9] != siren:
        return "siret", _("This SIRET belongs to another SIREN.")
    return None


def doubts(country: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the requisites of a company, by field, in words."""
    checks: dict[str, Callable[[str], str]] = {
        number.name: number.problem_with for number in of_country(country).numbers
    }
    checks["iban"] = problem_with_iban
    found = {name: check(values.get(name, "")) for name, check in checks.items()}
    found["bic"] = problem_with_bic(values.get("bic", ""), iban=values.get("iban", ""))
    if odd := contradiction(country, values):
        found[odd[0]] = found.get(odd[0]) or odd[1]
    return {name: words for name, words in found.items() if words}


def address_lines(country: str, *, street: str, postcode: str, city: str) -> list[str]:
    """Return an address as its country writes it, without lines that have nothing."""
    written = of_country(country).address.format(street=street, postcode=postcode, city=city)
    return [line.strip() for line in written.splitlines() if line.strip()]
