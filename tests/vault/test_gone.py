"""What had gone after a backup goes again from the copy that was restored, and nothing else."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from pytest_django import Settings

from paraph.vault.actions.destroying import destroy_file
from paraph.vault.actions.holding import place_hold
from paraph.vault.gone import (
    GoneDocument,
    GonePerson,
    Unread,
    append,
    merged,
    of_document,
    register,
    write_whole,
)
from paraph.vault.models import Cause, Erasure, SignedFile, Tombstone
from paraph.vault.repeating import repeat
from tests.cast import Cast
from tests.moments import NOON
from tests.vault.house import signed
from tests.vault.test_erasing import erased

pytestmark = pytest.mark.slow

LATER = NOON + timedelta(days=3)
EARLIER = GoneDocument("EARLIER0000000000", NOON, Cause.RETENTION, 10, None)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.PARAPH_DATA = tmp_path


def test_the_register_names_documents_and_people_by_number_alone(cast: Cast) -> None:
    file = signed(cast, title="Lease")
    code = file.code
    destroy_file(file, by=cast.olga, at=NOON)
    erased(cast)

    lines = register().read_text(encoding="utf-8").splitlines()

    assert [json.loads(line).get("document") for line in lines] == [code, None]
    assert json.loads(lines[1])["person"] == cast.frank.pk
    assert not {"Lease", "Kowalski", "letter"} & {word for it in lines for word in it.split('"')}


def test_the_whole_register_keeps_what_lay_there_and_a_line_cut_short_harms_nothing(
    cast: Cast, tmp_path: Path
) -> None:
    destroy_file(signed(cast), by=cast.olga, at=NOON)
    target = tmp_path / "beside.jsonl"
    target.write_text(EARLIER.line + '{"docu', encoding="utf-8")

    assert write_whole(target) == 3
    assert write_whole(target) == 3
    assert {str(it) for it in merged(target)} == {
        EARLIER.code,
        "beside.jsonl, line 2",
        Tombstone.objects.get().code,
    }


def test_a_line_cut_short_takes_the_next_one_with_it_no_more() -> None:
    register().write_text(EARLIER.line + '{"docu', encoding="utf-8")
    later, last = (replace(EARLIER, code=f"L{number:016}") for number in (1, 2))

    append(later)
    append(last)

    read = [it for it in merged(register()) if not isinstance(it, Unread)]
    assert read == [EARLIER, later, last]


@pytest.mark.parametrize(
    "spoilt",
    [
        '{"docu',
        "[]",
        "7",
        '{"document":"A"}',
        '{"document":"A","at":"2020-01-01T00:00:00+00:00","cause":"of-a-later-release","by":null}',
        '{"person":1,"at":"2020-01-01T00:00:00+00:00","by":null}',
        '{"person":"x","made_at":"?","at":"?","by":null}',
        '"a document"',
        '{"document":"A","at":"2020-01-01T00:00:00","by":null}',
        '{"person":1e999,"made_at":"2020-01-01T00:00:00Z","at":"2020-01-01T00:00:00Z","by":null}',
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_are_done(
    cast: Cast, spoilt: str
) -> None:
    file = signed(cast)
    gone = Tombstone(code=file.code, cause=Cause.BY_HAND, destroyed_at=NOON)
    register().write_text(f"{spoilt}\n{of_document(gone).line}", encoding="utf-8")

    done = repeat(merged(register()), at=LATER)

    assert (done.documents, len(done.refused)) == (1, 1)
    assert done.refused[0].startswith("gone.jsonl, line 1: ")
    write_whole(register())
    assert spoilt in register().read_text(encoding="utf-8")


@pytest.mark.django_db
def test_what_goes_while_the_register_is_written_anew_is_not_lost() -> None:
    append(EARLIER)
    others = [replace(EARLIER, code=f"GONE{number:013}") for number in range(40)]

    def add() -> None:
        for gone in others:
            append(gone)

    adding = Thread(target=add)
    adding.start()
    while adding.is_alive():
        write_whole(register())
    adding.join()

    assert set(merged(register())) == {EARLIER, *others}


def test_a_document_that_had_gone_goes_again_with_its_own_tombstone(cast: Cast) -> None:
    file, other = signed(cast, title="One"), signed(cast, title="Two")
    gone = Tombstone(code=file.code, cause=Cause.RETENTION, years=10, destroyed_at=NOON)

    assert repeat([of_document(gone)], at=LATER, is_tried=True).documents == 1
    assert SignedFile.objects.count() == 2
    first, second = (repeat([of_document(gone)], at=LATER).documents for _time in (1, 2))

    assert (first, second) == (1, 0)
    assert list(SignedFile.objects.all()) == [other]
    tomb = Tombstone.objects.get()
    assert (tomb.cause, tomb.years, tomb.destroyed_at) == ("retention", 10, NOON)


def test_what_is_on_hold_in_the_restored_copy_stays_and_is_named(cast: Cast) -> None:
    file = signed(cast)
    place_hold(cast.frank, reason="Lawsuit", by=cast.olga, at=NOON)
    gone = Tombstone(code=file.code, cause=Cause.BY_HAND, destroyed_at=NOON)

    tried = repeat([of_document(gone)], at=LATER, is_tried=True)
    done = repeat([of_document(gone)], at=LATER)

    assert (tried.documents, tried.refused) == (0, done.refused)
    assert (done.documents, len(done.refused)) == (0, 1)
    assert file.code in done.refused[0]
    assert SignedFile.objects.exists()


def test_a_person_is_erased_again_and_never_whoever_got_their_number(cast: Cast) -> None:
    line = GonePerson(cast.frank.pk, cast.frank.created_at, NOON, None)
    stranger = GonePerson(cast.grace.pk, NOON - timedelta(days=900), NOON, None)

    done = repeat([line, stranger], at=LATER)
    again = repeat([line, stranger], at=LATER)

    assert (done.people, again.people) == (1, 0)
    assert Erasure.objects.get().contact_number == cast.frank.pk


def test_an_erasure_that_was_refused_before_the_backup_keeps_nobody(cast: Cast) -> None:
    Erasure.objects.create(contact_number=cast.frank.pk, asked_by=cast.olga, asked_at=NOON)
    line = GonePerson(cast.frank.pk, cast.frank.created_at, NOON, None)

    tried = repeat([line], at=LATER, is_tried=True)
    done = repeat([line], at=LATER)

    assert (tried.people, done.people) == (1, 1)
