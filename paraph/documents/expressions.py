"""Reads what stands between braces in a template: ``{contact.name|upper}``, and says what is odd.

Pure text, without a database: the catalogue of names is handed in.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass

from .modifiers import MODIFIERS

ASK = "ask:"
"""``{ask:Place of delivery}`` is a question of the template's own."""
IMAGE, QR = "image:", "qr:"
IMAGES = ("logo", "stamp", "signature")
PAYMENT = "payment"
"""``{qr:payment}`` is what a banking program reads to fill in a transfer."""
LISTS = ("rows", "tax_rows")
_CLOSE_ENOUGH = 0.6


@dataclass(frozen=True)
class Expression:
    """A name, and what is done to its value."""

    name: str
    steps: tuple[tuple[str, str], ...] = ()

    @property
    def list(self) -> str:
        """The list whose row it is of, or nothing."""
        first = self.name.partition(".")[0]
        return first if first in LISTS else ""

    @property
    def question(self) -> str:
        """What is asked, where it is a question of the template's own."""
        return self.name[len(ASK) :] if self.name.startswith(ASK) else ""


@dataclass(frozen=True)
class Oddity:
    """Something that a template cannot mean."""

    code: str
    meant: str = ""


def parsed(written: str) -> Expression:
    """Read what stands between the braces; a name that nobody knows is read as well."""
    name, *rest = (part.strip() for part in written.replace("\u00a0", " ").split("|"))
    name = ASK + name[len(ASK) :].strip() if name.lower().startswith(ASK) else name.lower()
    steps = (part.partition(":") for part in rest)
    return Expression(
        name, tuple((word.strip().lower(), value.strip()) for word, _colon, value in steps)
    )


def oddity_in(written: str, known: Collection[str]) -> Oddity | None:
    """Say what is wrong with a placeholder, and what was probably meant."""
    expression = parsed(written)
    if expression.name.startswith(IMAGE):
        return _among(expression.name, [IMAGE + it for it in IMAGES], "unknown-image")
    if expression.name.startswith(QR):
        names = [QR + it for it in (*known, PAYMENT)]
        return _among(expression.name, names, "unknown-field")
    if expression.question:
        return _odd_step(expression)
    if expression.name in known:
        return _odd_step(expression)
    return Oddity("unknown-field", meant(expression.name, known))


def meant(name: str, known: Collection[str]) -> str:
    """Return the known name that comes nearest, or nothing."""
    tried = re.sub(r"[\s_-]+", "_", name).strip("_")
    close = difflib.get_close_matches(tried, sorted(known), n=1, cutoff=_CLOSE_ENOUGH)
    if close:
        return close[0]
    last = tried.rpartition(".")[2]
    return next((it for it in sorted(known) if it.rpartition(".")[2] == last), "")


def is_condition(written: str, known: Collection[str]) -> bool:
    """Tell whether ``{#if …}`` can ask for it."""
    name = condition_of(written)[0]
    return name in known or name in LISTS or name.startswith(ASK)


def condition_of(written: str) -> tuple[str, bool]:
    """Return what a condition asks for, and whether it is to be there."""
    text = written.strip()
    negated = re.match(r"not\s+", text, re.IGNORECASE)
    name = text[negated.end() :] if negated else text
    return parsed(name).name, negated is None


def _among(name: str, known: Collection[str], code: str) -> Oddity | None:
    if name in known:
        return None
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=_CLOSE_ENOUGH)
    return Oddity(code, close[0] if close else "")


def _odd_step(expression: Expression) -> Oddity | None:
    for word, _argument in expression.steps:
        if word not in MODIFIERS:
            return Oddity("unknown-modifier", meant(word, MODIFIERS))
    return None
