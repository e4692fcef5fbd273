"""The public log: every fact has one place, and whoever keeps a checkpoint can prove it."""

import pytest

from paraph.journal.log import jobs
from paraph.journal.log.publishing import covering, keep_log, proofs_of, reader
from paraph.journal.log.sequencing import open_shard, sequence
from paraph.journal.log.verifying import verify_log
from paraph.journal.models import LogCheckpoint, LogEntry, LogShard, Unlogged
from paraph.tlog import proofs, tree
from paraph.tlog.notes import Verifier, opened
from tests.journal.deeds import fly_kite
from tests.journal.log.deeds import logged, ring
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _key(shard: LogShard) -> Verifier:
    return Verifier.of(shard.public_key)


def test_facts_of_signing_get_one_place_each_in_their_order() -> None:
    rung = ring(3)

    shard = sequence(at=NOON)

    places = LogEntry.objects.filter(fact__event="bell.rung").order_by("index")
    assert [entry.pk for entry in places] == [fact.pk for fact in rung]
    assert shard.size == 4, "the first entry tells that the log was opened"
    assert not Unlogged.objects.exists()


def test_other_facts_stay_out_of_the_log() -> None:
    fly_kite(3)

    sequence(at=NOON)

    assert LogEntry.objects.count() == 1


def test_every_fact_is_proven_under_the_newest_checkpoint() -> None:
    facts = ring(700)

    checkpoint = keep_log(at=NOON)

    asked = [facts[0], facts[255], facts[699]]
    proven = proofs_of(asked, under=checkpoint)
    for fact in asked:
        proof = proofs.read(proofs.written(proven[fact.pk]))
        entry = bytes.fromhex(fact.commitment)
        assert proofs.check(proof, entry=entry, by=_key(checkpoint.shard)).size == 701


def test_a_fact_that_waits_cannot_be_proven_yet() -> None:
    checkpoint = logged(2)
    (late,) = ring(1, first=2)

    assert proofs_of([late], under=checkpoint) == {}
    assert covering([late]) is None


def test_facts_are_covered_by_the_first_checkpoint_after_them() -> None:
    facts = ring(2)
    first = keep_log(at=NOON)
    logged(2, first=2)

    assert covering(facts) == first


def test_the_log_only_grows() -> None:
    older = logged(300)
    newer = logged(300, first=300)

    key = _key(newer.shard)
    before, now = opened(older.note, by=key), opened(newer.note, by=key)
    hashes = reader(newer.shard, size=now.size)
    proof = tree.consistency_proof(hashes, old=before.size, new=now.size)
    tree.check_consistency(
        old=before.size, new=now.size, proof=proof, old_root=before.root, new_root=now.root
    )


def test_publishing_again_changes_nothing() -> None:
    first = logged(10)

    assert keep_log(at=NOON) == first
    assert LogCheckpoint.objects.count() == 1


def test_the_next_turn_publishes_what_a_killed_worker_has_only_sequenced() -> None:
    ring(3)
    sequence(at=NOON)

    jobs.keep_log()

    assert LogCheckpoint.objects.get().size == 4


def test_after_a_restore_the_log_goes_on_in_a_linked_shard() -> None:
    last = logged(5)

    shard = open_shard(at=NOON)
    newest = logged(5, first=5)

    assert newest.shard == shard
    assert shard.previous == last.note
    assert verify_log() == []


def test_an_older_shard_is_published_to_its_end() -> None:
    ring(3)
    older = sequence(at=NOON)
    open_shard(at=NOON)

    newest = keep_log(at=NOON)

    older.refresh_from_db()
    assert (older.published, newest.shard.number) == (older.size, older.number + 1)
    assert LogCheckpoint.objects.get(shard=older).size == 4


def test_an_untouched_log_verifies() -> None:
    logged(600)
    logged(3, first=600)

    assert verify_log() == []
