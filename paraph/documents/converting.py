"""Office documents become PDF through LibreOffice, where there is one, and walls around it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from paraph.kit import sandbox
from paraph.kit.sandbox import Confinement, Limits, Outcome
from paraph.kit.standby import Standby

from .kinds import Kind
from .refusals import CannotUse

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_PIXELS = 40_000_000
_VERB = "paraph.documents.child.office:convert"
_RESULT = "converted.pdf"
_MEMORY_MIB = 1_024  # its address space alone is 500; the rest of the limits are everybody's
_OFFICES = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt")
_SETTINGS = "/etc/libreoffice"  # where Debian keeps them
_SENTENCES: dict[str, _StrPromise] = {
    "off": _("Office documents are not opened here: PARAPH_LIBREOFFICE is off."),
    "no-libreoffice": _(
        "Office documents cannot be opened: this machine has no LibreOffice. "
        "Install the package libreoffice-writer."
    ),
    "no-walls": _(
        "Office documents are not opened: this machine has no walls to open them behind. "
        "Install the package bubblewrap."
    ),
}


@dataclass(frozen=True)
class Availability:
    """Whether office documents can be opened on this machine, and if not, why."""

    program: Path | None = None
    why: str = ""

    @property
    def is_ready(self) -> bool:
        return not self.why

    @property
    def sentence(self) -> str:
        """Say what is missing and how to mend it; nothing where nothing is."""
        return str(_SENTENCES[self.why]) if self.why else ""


def availability() -> Availability:
    """Tell whether office documents can be opened here."""
    if settings.PARAPH_LIBREOFFICE == "off":
        return Availability(why="off")
    program = _program(settings.PARAPH_LIBREOFFICE)
    if program is None:
        return Availability(why="no-libreoffice")
    if sandbox.confinement() is Confinement.LIMITS:
        return Availability(program, why="no-walls")
    return Availability(program)


def docx_to_pdf(content: bytes, *, name: str = "") -> bytes:
    """Return a Word document of our own as PDF/A-2b with tags; raises ``CannotUse``."""
    return converted(content, kind=Kind.DOCX, name=name).files[_RESULT]


def office_to_pdf(content: bytes, *, kind: Kind, name: str) -> tuple[bytes, list[str]]:
    """Return somebody's document as PDF, and the codes of what went; raises ``CannotUse``."""
    outcome = converted(content, kind=kind, name=name)
    return outcome.files[_RESULT], [str(code) for code in outcome.answer["removed"]]


def converted(content: bytes, *, kind: Kind, name: str) -> Outcome:
    """Let LibreOffice save the document as PDF, in a child that opens this one and no other."""
    found = availability()
    if found.program is None or not found.is_ready:
        raise CannotUse("no-walls" if found.why == "no-walls" else "no-libreoffice", name=name)
    office = _office(str(found.program))
    try:
        outcome = office.run([content], kind=kind.value, most_pixels=MOST_PIXELS)
    except sandbox.Rejected as rejected:
        raise CannotUse.because(rejected, name=name) from None
    if _RESULT not in outcome.files:
        raise CannotUse("office-not-opened", name=name)
    return outcome


@cache
def _office(program: str) -> Standby:
    limits = Limits(memory_mib=_MEMORY_MIB, shows=(str(Path(program).parent), _SETTINGS))
    return Standby(_VERB, limits=limits, program=program)


@cache
def _program(wanted: str) -> Path | None:
    """Return the folder of LibreOffice's programs, if there is one."""
    places = _usual_places() if wanted == "auto" else [Path(wanted)]
    return next((place for place in places if _is_office(place)), None)


def _usual_places() -> Sequence[Path]:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    first = [Path(found).resolve().parent] if found else []
    return [
        *first,
        *(each for root in _OFFICES for each in sorted(Path(root).glob("libreoffice*/program"))),
    ]


def _is_office(program: Path) -> bool:
    return any((program / name).exists() for name in ("libmergedlo.so", "libsofficeapp.so"))
