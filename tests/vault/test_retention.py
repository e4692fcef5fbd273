"""Signed files go when their class says so, leave a tombstone, and never go while on hold."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from paraph import journal
from paraph.documents.models import Document, Revision
from paraph.journal.models import Fact, Payload
from paraph.kit import files
from paraph.kit.faults import FaultInjected
from paraph.messaging.models import Message
from paraph.signing.models import Envelope, Party
from paraph.vault.actions.destroying import destroy_due, destroy_file
from paraph.vault.actions.holding import Held, lift_hold, place_hold
from paraph.vault.actions.retaining import change_retention
from paraph.vault.jobs import run_retention
from paraph.vault.listing import retention_years
from paraph.vault.models import Hold, Retention, SignedFile, Tombstone, Trace
from paraph.vault.queries import leaving_by_month
from paraph.vault.refusals import NotHere, OnHold
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.vault.house import LONG_AGO, keep_ten_years, signed

pytestmark = pytest.mark.slow


def test_what_is_due_goes_and_leaves_a_tombstone_and_its_hashes(cast: Cast) -> None:
    keep_ten_years(cast)
    file = signed(cast, title="Old", at=LONG_AGO)
    stays = signed(cast, title="New")
    hashes = set(file.document.revisions.values_list("sha256", flat=True))

    assert destroy_due(at=NOON) is None

    tomb = Tombstone.objects.get(code=file.code)
    assert (tomb.cause, tomb.years, tomb.completed_at) == ("retention", 10, LONG_AGO)
    assert set(Trace.objects.values_list("sha256", flat=True)) == hashes
    assert not Document.objects.filter(pk=file.document_id).exists()
    assert not Envelope.objects.filter(pk=file.envelope_id).exists()
    assert not Party.objects.filter(envelope=file.envelope_id).exists()
    assert list(SignedFile.objects.all()) == [stays]


def test_what_was_said_about_it_goes_and_that_it_happened_stays(cast: Cast) -> None:
    keep_ten_years(cast)
    file = signed(cast, at=LONG_AGO)
    about = list(Fact.objects.about("envelope", file.envelope_id).order_by("pk"))
    assert about

    destroy_due(at=NOON)

    facts = Fact.objects.about("envelope", file.envelope_id).order_by("pk")
    assert list(facts)[: len(about)] == about
    assert [fact.commitment for fact in about] == [f.commitment for f in facts][: len(about)]
    said = [fact.event for fact in facts if not fact.is_erased]
    assert said == ["vault.document-destroyed"]
    assert "Kowalski" not in "".join(
        Payload.objects.filter(fact__in=facts).values_list("canonical", flat=True)
    )


@pytest.mark.parametrize("on", ["document", "envelope", "contact"])
def test_what_is_on_hold_stays_until_the_hold_is_lifted(cast: Cast, on: str) -> None:
    keep_ten_years(cast)
    file = signed(cast, at=LONG_AGO)
    held: dict[str, Held] = {
        "document": file.document,
        "envelope": file.envelope,
        "contact": cast.frank,
    }
    hold = place_hold(held[on], reason="Lawsuit", by=cast.olga, at=NOON)

    destroy_due(at=NOON)
    with pytest.raises(OnHold):
        destroy_file(file, by=cast.olga, at=NOON)
    assert SignedFile.objects.held().get() == file

    lift_hold(hold, reason="Settled", by=cast.olga, at=NOON)
    destroy_due(at=NOON)
    assert not SignedFile.objects.exists()
    assert not Hold.objects.exists()


@pytest.mark.parametrize("point", ["vault-after-tombstone", "vault-after-removal"])
def test_a_run_that_was_killed_goes_on_and_spares_what_is_held_since(
    cast: Cast, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_ten_years(cast)
    one, two = (signed(cast, title=title, at=LONG_AGO) for title in ("One", "Two"))
    monkeypatch.setenv("PARAPH_FAULT", f"{point}:raise")
    with pytest.raises(FaultInjected):
        destroy_due(at=NOON)
    monkeypatch.delenv("PARAPH_FAULT")
    assert SignedFile.objects.count() == 2
    assert Revision.objects.filter(document=one.document).count() == 3
    assert not Tombstone.objects.exists()

    place_hold(two.document, reason="Audit", by=cast.olga, at=NOON)
    destroy_due(at=NOON)

    assert [it.title for it in SignedFile.objects.all()] == ["Two"]
    assert Tombstone.objects.get().code == one.code


def test_a_new_rule_takes_nothing_on_its_first_day(cast: Cast) -> None:
    file = signed(cast, at=LONG_AGO)
    change_retention({file.document_class: 1}, by=cast.olga.actor, at=NOON)

    destroy_due(at=NOON + timedelta(hours=23))
    assert SignedFile.objects.exists()

    destroy_due(at=NOON + timedelta(hours=25))
    assert not SignedFile.objects.exists()


def test_the_check_page_knows_what_was_deleted_by_id_and_by_hash(
    cast: Cast, client: Client
) -> None:
    keep_ten_years(cast)
    file = signed(cast, at=LONG_AGO)
    own = file.document.revisions.latest("number").sha256
    destroy_due(at=NOON)

    by_code = client.get(f"/verify/{file.code}", follow=True).content.decode()
    by_hash = client.get(f"/verify/known/{own}", follow=True).content.decode()

    for page in (by_code, by_hash):
        assert "no longer kept" in page
        assert file.readable in page
        assert "Kowalski" not in page


def test_another_file_with_the_id_of_a_deleted_document_was_changed(
    cast: Cast, client: Client
) -> None:
    file = signed(cast)
    own = files.get(file.document.revisions.latest("number").sha256)
    forged = make.pdf(text=file.readable)
    destroy_file(file, by=cast.olga, at=NOON)

    pages = [
        client.post("/verify/", {"file": SimpleUploadedFile("it.pdf", content)}).content.decode()
        for content in (forged, own)
    ]

    assert ["Changed after signing" in page for page in pages] == [True, False]
    assert ["no longer kept" in page for page in pages] == [False, True]


def test_the_preview_counts_what_goes_by_month_and_what_a_hold_keeps(cast: Cast) -> None:
    soon = NOON.replace(year=NOON.year - 10) + timedelta(days=40)
    signed(cast, title="One", at=soon)
    held = signed(cast, title="Two", at=soon)
    later = signed(cast, title="Four", at=soon + timedelta(days=40))
    signed(cast, title="Three", at=LONG_AGO)
    for file in (held, later):
        place_hold(file.envelope, reason="Audit", by=cast.olga, at=NOON)

    months = leaving_by_month(SignedFile.objects.all(), {"other": 10}, at=NOON)

    assert [(month.total, month.held) for month in months] == [(1, 0), (1, 1), (0, 1)]
    assert [month.classes for month in months] == [[("Other", 1)], [("Other", 1)], []]
    assert months[0].begins_on == NOON.date().replace(day=1)


def test_deleting_by_hand_names_who_did_it(cast: Cast) -> None:
    file = signed(cast)

    destroy_file(file, by=cast.olga, at=NOON)

    assert Tombstone.objects.get().destroyed_by == cast.olga
    fact = journal.timeline(subject="document", object_id=file.document_id)[0]
    assert (fact.event, fact.actor.name) == ("vault.document-destroyed", "Olga Nowak")
    assert not Message.objects.filter(noun="party").exists()
    assert retention_years() == {}
    assert not Retention.objects.exists()


def refuse_to_delete(file: SignedFile) -> None:
    """Have the database refuse it, as a table would that a later release adds."""
    words = f"OLD.id = {file.pk}"
    if connection.vendor == "sqlite":
        statement = f"CREATE TRIGGER kept BEFORE DELETE ON vault_signedfile WHEN {words} "
        connection.cursor().execute(statement + "BEGIN SELECT RAISE(ABORT, 'needed'); END")
        return
    refusing = "RAISE EXCEPTION 'needed' USING ERRCODE = 'foreign_key_violation'"
    connection.cursor().execute(
        "CREATE FUNCTION pg_temp.kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {refusing}; END $$; CREATE TRIGGER kept BEFORE DELETE ON vault_signedfile "
        f"FOR EACH ROW WHEN ({words}) EXECUTE FUNCTION pg_temp.kept()"
    )


def test_one_refusal_of_the_database_keeps_no_other_document(cast: Cast) -> None:
    keep_ten_years(cast)
    files_due = [signed(cast, title=title, at=LONG_AGO) for title in ("One", "Two", "Three")]
    refuse_to_delete(files_due[1])

    run_retention()

    assert [it.title for it in SignedFile.objects.all()] == ["Two"]
    fact = journal.timeline(subject="document", object_id=files_due[1].document_id)[0]
    assert fact.event == "vault.retention-refused"


def test_whoever_is_late_is_told_that_it_has_gone(cast: Cast) -> None:
    file = signed(cast)
    document = file.document
    destroy_file(SignedFile.objects.get(pk=file.pk), by=cast.olga, at=NOON)

    with pytest.raises(NotHere):
        destroy_file(file, by=cast.olga, at=NOON)
    with pytest.raises(NotHere):
        place_hold(document, reason="Late", by=cast.olga, at=NOON)
