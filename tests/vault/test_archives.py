"""Signed files leave in one archive, written while it is sent, and every leaving is remembered."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterable, Sequence
from typing import cast
from zipfile import ZipFile

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paraph import journal
from paraph.documents.models import Revision, RevisionKind
from paraph.journal.in_bulk import erase_facts
from paraph.journal.models import Fact
from paraph.kit import db, files
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Grant
from paraph.sealing.archive import verify_archive
from paraph.signing import authority
from paraph.vault.actions.destroying import destroy_file
from paraph.vault.archives import names_of, streamed
from paraph.vault.models import SignedFile
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.vault.house import signed

pytestmark = pytest.mark.slow

MEGABYTE = 1024 * 1024


def taken(client: Client, query: str) -> ZipFile:
    """Download an archive to its end."""
    answer = client.get(f"/vault/archive/take/?{query}")
    assert answer.status_code == 200
    content = cast(StreamingHttpResponse, answer).streaming_content
    return ZipFile(io.BytesIO(b"".join(cast("Iterable[bytes]", content))))


def lines_of(archived: ZipFile) -> list[dict[str, str]]:
    """Read the table of an archive."""
    text = archived.read("index.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_an_archive_holds_files_evidence_and_a_table(cast: Cast, client: Client) -> None:
    one, two = (signed(cast, title=title) for title in ("=One", "Two/../x"))
    make.completed(cast)
    sealed = SignedFile.objects.latest("pk")
    client.force_login(cast.olga)

    archived = taken(client, "everything=1")

    assert archived.testzip() is None
    lines = lines_of(archived)
    assert [line["title"] for line in lines] == ["'=One", "Two/../x", sealed.title]
    for line, file in zip(lines, (one, two, sealed), strict=True):
        sha256 = file.document.revisions.latest("number").sha256
        assert archived.read(line["file"]) == files.get(sha256)
        assert line["sha256"] == sha256
        proof = archived.read(line["evidence"])
        assert {entry.extract_version for entry in ZipFile(io.BytesIO(proof)).infolist()} == {20}
        report = verify_archive(proof, trust=authority.roots())
        assert report.archive and report.archive.document == file.code
    assert (report.verdict, report.trust) == ("intact", "trusted")
    assert not any(".." in name.split("/") for name in archived.namelist())


def test_what_is_deleted_while_it_is_sent_is_named(cast: Cast) -> None:
    going, staying = signed(cast), signed(cast)

    def note(stretch: Sequence[SignedFile]) -> None:
        destroy_file(SignedFile.objects.get(pk=going.pk), by=cast.olga, at=NOON)

    sent = b"".join(streamed(SignedFile.objects.all, after=0, note=note))

    lines = lines_of(ZipFile(io.BytesIO(sent)))
    assert [(line["id"], line["problem"]) for line in lines] == [
        (going.readable, "gone"),
        (staying.readable, ""),
    ]


def test_what_is_deleted_while_another_is_sent_does_not_leave(cast: Cast) -> None:
    begun, waiting, staying = (signed(cast, title=title) for title in ("One", "Two", "Three"))
    pieces = streamed(SignedFile.objects.all, after=0, note=lambda _stretch: None)

    sent = next(pieces)
    for file in (begun, waiting):
        destroy_file(SignedFile.objects.get(pk=file.pk), by=cast.olga, at=NOON)
    sent += b"".join(pieces)

    archived = ZipFile(io.BytesIO(sent))
    assert archived.namelist() == [names_of(begun)[0], *names_of(staying), "index.csv"]
    assert [line["problem"] for line in lines_of(archived)] == ["gone", "gone", ""]


def test_what_is_erased_while_another_is_sent_does_not_leave(cast: Cast) -> None:
    _first, file = signed(cast, title="One"), signed(cast, title="Two")
    pieces = streamed(SignedFile.objects.all, after=0, note=lambda _stretch: None)

    sent = next(pieces)
    with db.unit_of_work():
        erase_facts(Fact.objects.about("envelope", file.envelope_id))
    sent += b"".join(pieces)

    archived = ZipFile(io.BytesIO(sent))
    proof = ZipFile(io.BytesIO(archived.read(names_of(file)[1])))
    facts = json.loads(proof.read("evidence.json"))["facts"]
    assert facts and all(fact.get("erased") and "text" not in fact for fact in facts)
    assert [line["problem"] for line in lines_of(archived)] == ["", ""]


def test_who_took_what_is_remembered(cast: Cast, client: Client) -> None:
    file = signed(cast)
    client.force_login(cast.olga)

    taken(client, "everything=1")

    facts = journal.timeline(subject="document", object_id=file.document_id)
    assert [(it.event, it.actor.name) for it in facts][:1] == [("vault.file-taken", "Olga Nowak")]
    begun = Fact.objects.get(event="vault.archive-taken")
    assert begun.facts["files"] == 1


def test_an_archive_that_broke_off_goes_on_after_the_last_file(cast: Cast, client: Client) -> None:
    one, _two = (signed(cast, title=title) for title in ("One", "Two"))
    client.force_login(cast.olga)
    whole, rest = (
        taken(client, "everything=1"),
        taken(client, f"everything=1&after={one.readable}"),
    )

    assert [line["title"] for line in lines_of(rest)] == ["Two"]
    assert set(rest.namelist()) < set(whole.namelist())
    page = client.get(f"/vault/archive/?everything=1&after={one.code}").content.decode()
    assert "1 document follows" in page


def test_nobody_takes_what_their_right_to_export_does_not_reach(
    cast: Cast, client: Client
) -> None:
    own, other = signed(cast), signed(cast, title="Other", owner=cast.erin)
    client.force_login(cast.alice)
    assert client.get("/vault/archive/take/?everything=1").status_code == 404
    Grant.objects.filter(role__slug="employee", section=Section.VAULT, right=Right.EXPORT).update(
        level=Level.OWN
    )
    Grant.objects.get_or_create(
        role_id=Grant.objects.filter(role__slug="employee")[0].role_id,
        section=Section.VAULT,
        right=Right.EXPORT,
        defaults={"level": Level.OWN},
    )

    archived = taken(client, f"ids={own.pk},{other.pk}")

    assert [line["title"] for line in lines_of(archived)] == ["Contract"]


def test_a_further_file_is_asked_for_twice(cast: Cast) -> None:
    for number in range(3):
        signed(cast, title=f"File {number}")
    asked = []

    for most in (1, 3):
        rows = SignedFile.objects.filter(pk__in=SignedFile.objects.order_by("pk")[:most])
        with CaptureQueriesContext(connection) as queries:
            for _piece in streamed(rows.all, after=0, note=lambda _stretch: None):
                pass
        asked.append(len(queries))

    assert asked[1] - asked[0] <= 4


def test_memory_grows_neither_with_the_archive_nor_with_a_file(cast: Cast) -> None:
    for number in range(12):
        file = signed(cast, title=f"File {number}")
        content = bytes([number]) * (24 if number == 5 else 2) * MEGABYTE
        completed = Revision.objects.filter(document=file.document, kind=RevisionKind.COMPLETED)
        completed.update(sha256=files.put(content), size=len(content))
    rows = SignedFile.objects.all()
    tracemalloc.start()

    size = sum(len(piece) for piece in streamed(rows.all, after=0, note=lambda _stretch: None))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size > 24 * MEGABYTE
    assert peak < 12 * MEGABYTE
