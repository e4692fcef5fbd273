"""The table of the life cycle is the specification; code and database obey it."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from paraph.signing.lifecycle import (
    LIFECYCLE,
    OPEN,
    PARTY_LIFECYCLE,
    PartyStatus,
    PartyStep,
    Status,
    Step,
    StepNotPossible,
    after,
    after_party,
)
from paraph.signing.models import Envelope, Party
from paraph.signing.rules import is_everyone_done, next_in_line
from tests import make
from tests.cast import Cast


@given(st.sampled_from(Step), st.sampled_from(Status))
def test_an_envelope_moves_only_along_the_table(step: Step, status: Status) -> None:
    before, following = LIFECYCLE[step]

    if status is before:
        assert after(step, status) is following
    else:
        with pytest.raises(StepNotPossible):
            after(step, status)


@given(st.sampled_from(PartyStep), st.sampled_from(PartyStatus))
def test_a_party_moves_only_along_the_table(step: PartyStep, status: PartyStatus) -> None:
    before, following = PARTY_LIFECYCLE[step]

    if status in before:
        assert after_party(step, status) is following
    else:
        with pytest.raises(StepNotPossible):
            after_party(step, status)


@given(st.lists(st.sampled_from(Step), max_size=8))
def test_what_has_ended_never_moves_again(steps: list[Step]) -> None:
    status = Status.DRAFT
    for step in steps:
        has_ended = status not in OPEN
        try:
            status = after(step, status)
        except StepNotPossible:
            continue
        assert not has_ended


def test_the_database_knows_the_statuses(cast: Cast) -> None:
    make.draft(cast)

    for rows, status in ((Envelope.objects, "half-signed"), (Party.objects, "maybe")):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(status=status)


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=8))
def test_a_group_waits_until_the_one_before_it_is_done(seats: list[tuple[int, bool]]) -> None:
    statuses = {True: PartyStatus.SIGNED, False: PartyStatus.WAITING}
    parties = [
        Party(group=group, status=statuses[is_done], contact_id=1) for group, is_done in seats
    ]

    asked = next_in_line(parties)

    waiting = [party.group for party in parties if not party.is_done]
    assert {party.group for party in asked} == ({min(waiting)} if waiting else set())
    assert is_everyone_done(parties) == (not asked)
