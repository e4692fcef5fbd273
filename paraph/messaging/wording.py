"""A company's own words for a kind of message: written, checked by its kind, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db, placeholders
from paraph.kit.errors import Refused

from .events import OwnWordsWritten
from .models import OwnWords

TEXTS = ("subject", "text", "sms")


class CannotWrite(Refused):
    """The words lack something without which the message is of no use."""

    code = "cannot-write"


@dataclass(frozen=True)
class Wordable:
    """A kind of message whose words a company may write itself."""

    kind: str
    title: str | Promise
    values: Mapping[str, str | Promise]
    """What can stand in it, with what it is for people."""
    needs: Mapping[str, Collection[str]]
    """By text ("sms", "text"): the placeholders that must stand in it."""
    has_sms: bool = True


def problems_with(wordable: Wordable, words: Mapping[str, str]) -> dict[str, list[str]]:
    """Say by text, in sentences for the writer, what cannot stay so."""
    found = {name: _problems(wordable, name, words.get(name, "")) for name in TEXTS}
    return {name: problems for name, problems in found.items() if problems}


def _problems(wordable: Wordable, name: str, text: str) -> list[str]:
    if not text:
        return []
    missing = set(wordable.needs.get(name, ())) - placeholders.names_in(text)
    return placeholders.problems_with(text, wordable.values) + [
        _("Without {%(name)s} the message is of no use: put it in.") % {"name": it}
        for it in sorted(missing)
    ]


@db.transaction
def write_words(
    wordable: Wordable, words: Mapping[str, str], *, language: str, by: Actor, at: datetime
) -> None:
    """Say it in these words from now on; where all are empty, in the usual ones."""
    if problems := problems_with(wordable, words):
        raise CannotWrite([it for found in problems.values() for it in found])
    before = OwnWords.objects.filter(kind=wordable.kind, language=language).first()
    changes = {
        name: [old, words.get(name, "")]
        for name in TEXTS
        if (old := getattr(before, name, "")) != words.get(name, "")
    }
    if not changes:
        return
    if any(words.get(name) for name in TEXTS):
        texts = {name: words.get(name, "") for name in TEXTS}
        OwnWords.objects.update_or_create(
            {**texts, "edited_at": at}, kind=wordable.kind, language=language
        )
    elif before:
        before.delete()
    written = OwnWordsWritten(kind=wordable.kind, language=language, changes=changes)
    journal.record(written, by=by, at=at)
