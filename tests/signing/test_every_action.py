"""Every action, from every state, by every party, in any order and at the same moment: the
invariants hold, and nothing but the table's steps ever happens."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import Phase
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from paraph.config.environment import database
from paraph.kit.errors import Refused
from paraph.signing import queries, rules
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Party, PartyRole
from tests import make
from tests.cast import Cast, gather
from tests.invariants import check_invariants
from tests.moments import NOON
from tests.parallel import at_once
from tests.signing.actors import DEEDS, Deed, Scene, steps_out_of_table, watch_statuses

pytestmark = pytest.mark.slow

EFFORT = int(os.environ.get("PARAPH_TEST_EFFORT", "1"))
LINES: dict[str, dict[int, int | None]] = {
    "Frank, Grace > Erin": {},
    "Erin, Olga > Frank": {1: 1},
    "Alice?, Bob? > Erin > Frank > Grace+": {1: 1},
}
OFTEN = ["prove", "sign", "approve"] * 4  # so that many examples come to an end
DEED = st.sampled_from([*DEEDS, *OFTEN])
SEAT = st.integers(0, 5)


class Table(RuleBasedStateMachine):
    """One envelope, and everybody who does what they please."""

    cast: Cast

    @initialize(line=st.sampled_from(list(LINES)))
    def send(self, line: str) -> None:
        envelope = make.sent(self.cast, parties=line, needed=LINES[line], may_hand_over=True)
        self.scene = Scene(self.cast, envelope.pk, NOON)
        self.before = envelope.status

    @invariant()
    def everybody_acts_in_turn(self) -> None:
        if not hasattr(self, "scene"):
            return
        parties = queries.parties_of(self.scene.envelope)
        waiting = [p for p in parties if p.role != PartyRole.COPY and not p.is_done]
        first = min((party.group for party in waiting), default=0)
        late = {PartyStatus.WAITING, PartyStatus.SIGNED, PartyStatus.APPROVED}
        late |= {PartyStatus.REPLACED, PartyStatus.RELEASED}
        assert all(p.group <= first or p.status in late for p in parties if first)
        is_closed = self.scene.envelope.status in {Status.CLOSING, Status.COMPLETED}
        assert not is_closed or rules.is_everyone_done(parties)


class OneByOne(Table):
    """Who does something does it alone."""

    @precondition(lambda self: hasattr(self, "scene"))
    @rule(name=DEED, seat=SEAT, fails=st.sampled_from([False] * 5 + [True]))
    def do(self, name: str, seat: int, fails: bool) -> None:
        deed, accepted_from = DEEDS[name]
        self.scene.at += timedelta(minutes=7)
        party = self.scene.party(seat)
        status = PartyStatus(party.status)
        with _failing(is_on=fails and name == "sign"):
            is_done = _is_accepted(deed, self.scene, party)
        assert not is_done or status in accepted_from, name


class AllAtOnce(Table):
    """Several do something at the same moment, each over a connection of their own."""

    @precondition(lambda self: hasattr(self, "scene"))
    @rule(deeds=st.lists(st.tuples(DEED, SEAT), min_size=3, max_size=3))
    def do(self, deeds: list[tuple[str, int]]) -> None:
        self.scene.at += timedelta(minutes=7)

        def act(number: int) -> None:
            name, seat = deeds[number]
            DEEDS[name][0](self.scene, self.scene.party(seat))

        outcomes = at_once(act, times=len(deeds))

        wrong = [it for it in outcomes if it is not None and not isinstance(it, Refused)]
        assert wrong == [], (deeds, wrong)


def _is_accepted(deed: Deed, scene: Scene, party: Party) -> bool:
    try:
        deed(scene, party)
    except Refused:
        return False
    return True


def _play(table: type[Table], cast: Cast, *, examples: int, steps: int) -> None:
    machine = type(table.__name__, (table,), {"cast": cast})
    tries = effort(
        max_examples=examples * EFFORT, stateful_step_count=steps, phases=[Phase.generate]
    )
    run_state_machine_as_test(machine, settings=tries)


def test_one_by_one_nothing_leaves_the_table(cast: Cast) -> None:
    watch_statuses()

    _play(OneByOne, cast, examples=5, steps=35)

    assert steps_out_of_table() == set()
    check_invariants()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgresql")
def test_on_postgresql_at_the_same_moment_nothing_leaves_the_table() -> None:
    cast = gather()
    watch_statuses()

    _play(AllAtOnce, cast, examples=2, steps=12)

    assert steps_out_of_table() == set()
    check_invariants()


@pytest.fixture
def postgresql(db: None, postgres_installation_url: str) -> Iterator[None]:
    """Move the test's database to a PostgreSQL server."""
    kept, in_memory = connections.settings["default"], connections["default"]
    there = {**kept, "OPTIONS": {}, **database(postgres_installation_url, data=Path())}
    connections.settings["default"] = there
    del connections["default"]
    yield
    connections["default"].close()
    connections.settings["default"] = kept
    connections["default"] = in_memory


@contextmanager
def _failing(*, is_on: bool) -> Iterator[None]:
    """Have the seal of what is pressed meanwhile fail."""
    if is_on:
        os.environ["PARAPH_FAULT"] = "after-intent:raise"
    yield
    os.environ.pop("PARAPH_FAULT", None)
