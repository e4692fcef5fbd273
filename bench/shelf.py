"""Signed files by the thousand: one that was really signed, and rows like it, with own bytes.

It fills an installation that has its tables: ``python -m bench.shelf files 1000`` for archives
(real files of 200 KB, real evidence), ``python -m bench.shelf words 100000`` for lists and words
(rows and their words, no bytes). The file ``session`` in the data folder lets in who sees all.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
import django

django.setup()

# ruff: noqa: E402  models are there only now
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.http import HttpRequest

from bench.tables import settle
from paraph.documents.models import Document, DocumentClass, RevisionKind
from paraph.journal.models import Fact, Mention, Payload
from paraph.kit import files
from paraph.kit.ids import document_id
from paraph.kit.search import normalise
from paraph.people.models import Employee
from paraph.signing.models import Enclosure, Envelope, Party
from paraph.vault.actions.filing import keep_signed
from paraph.vault.models import FullText, SignedFile, TextState
from paraph.vault.words import indexed
from tests import cast, make
from tests.journeys.send import known_cast
from tests.moments import NOON

SIZE = 200_000
PORTION = 2_000
WORDS_A_PAGE, PAGES = 60, 3
RARE = "quetzalcoatl"
Row = TypeVar("Row", bound=models.Model)


def fill(kind: str, size: int) -> str:
    """Fill the shelf; the key of a session for it."""
    settings.PARAPH_JOBS = "inline"
    people = known_cast() if Employee.objects.exists() else cast.gather()
    envelope = make.completed(people)
    keep_signed(Envelope.objects.get(pk=envelope.pk))
    first = SignedFile.objects.select_related("document", "envelope").get(envelope=envelope)
    for begin in range(1, size, PORTION):
        numbers = range(begin, min(begin + PORTION, size))
        with transaction.atomic():
            _shelve(first, numbers, has_bytes=kind == "files")
        print(f"{numbers.stop:,} signed files", file=sys.stderr, flush=True)
    settle()
    return _session(people.olga)


def _shelve(first: SignedFile, numbers: range, *, has_bytes: bool) -> None:
    """Put copies of a signed file beside it, each with its own envelope, parties and words."""
    chance = random.Random(numbers.start)
    envelopes = _copies(first.envelope, numbers, title=lambda number: f"Contract {number}")
    documents = _copies(
        first.document,
        numbers,
        title=lambda number: f"Contract {number}",
        code=lambda _number: document_id(),
    )
    Enclosure.objects.bulk_create(
        Enclosure(envelope=envelope, document=document, position=1)
        for envelope, document in zip(envelopes, documents, strict=True)
    )
    for party in first.envelope.parties.all():
        parties = [_copy(party, envelope=it) for it in envelopes]
        Party.objects.bulk_create(parties)
    signed = [
        _copy(
            first,
            envelope=envelope,
            document=document,
            code=document.code,
            title=document.title,
            title_key=normalise(document.title)[:100],
            amount=chance.randrange(1, 9_000_000) / 100,
            currency="EUR",
            document_class=chance.choice(DocumentClass.values),
            text_state=TextState.READ,
            completed_at=NOON - timedelta(hours=chance.randrange(5 * 365 * 24)),
        )
        for envelope, document in zip(envelopes, documents, strict=True)
    ]
    SignedFile.objects.bulk_create(signed)
    if has_bytes:
        _bytes(first, envelopes, documents)
    else:
        FullText.objects.bulk_create(_words(signed, chance))


def _words(signed: list[SignedFile], chance: random.Random) -> Iterator[FullText]:
    """Yield pages whose words are as unevenly spread as those of a language."""
    for file in signed:
        pages = [
            " ".join(
                f"w{int(chance.paretovariate(0.6)) % 40_000}" for _word in range(WORDS_A_PAGE)
            )
            for _page in range(PAGES)
        ]
        if file.pk % 20_000 == 7:
            pages[1] += f" {RARE}"
        yield FullText(file=file, words=indexed(file.title, *pages), pages=pages)


def _bytes(first: SignedFile, envelopes: list[Envelope], documents: list[Document]) -> None:
    """Give each document its revisions, of SIZE bytes at the end, and each envelope its facts."""
    revisions = list(first.document.revisions.order_by("number"))
    contents = {it.pk: files.get(it.sha256) for it in revisions}
    facts = list(Fact.objects.about("envelope", first.envelope_id).select_related("payload"))
    for envelope, document in zip(envelopes, documents, strict=True):
        for revision in revisions:
            content = contents[revision.pk]
            if revision.kind == RevisionKind.COMPLETED:
                content += b"\n%" + os.urandom(max(SIZE - len(content), 16) // 2).hex().encode()
            named = files.put(content)
            _copy(revision, document=document, sha256=named, size=len(content)).save()
        for fact in facts:
            copied = _copy(fact)
            copied.save()
            Payload(fact=copied, salt=fact.payload.salt, canonical=fact.payload.canonical).save()
            Mention(fact=copied, noun="envelope", object_id=envelope.pk).save()


def _copies(row: Row, numbers: range, **differing: Any) -> list[Row]:
    made = [
        _copy(row, **{name: value(number) for name, value in differing.items()})
        for number in numbers
    ]
    return type(row)._default_manager.bulk_create(made)


def _copy(row: Row, **differing: Any) -> Row:
    """Return a row like another one, not yet kept."""
    fields = [it for it in row._meta.concrete_fields if not (it.primary_key or it.generated)]
    values = {it.attname: getattr(row, it.attname) for it in fields}
    for name in differing:
        values.pop(f"{name}_id", None)
    return type(row)(**{**values, **differing})


def _session(person: Employee) -> str:
    request = HttpRequest()
    request.session = SessionStore()
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return str(request.session.session_key)


if __name__ == "__main__":
    key = fill(sys.argv[1], int(sys.argv[2]))
    (settings.PARAPH_DATA / "session").write_text(key, encoding="ascii")
