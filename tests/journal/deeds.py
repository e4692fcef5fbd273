"""Events, reactions and an action for the tests of the journal."""

from dataclasses import dataclass

from paraph import journal
from paraph.journal import SYSTEM, Actor, Event, Fact, reacts_to
from paraph.kit import db
from paraph.kit.jobs import enqueue, job
from tests.moments import NOON

ERIN = Actor("party", 7, "Erin Example")


@dataclass(frozen=True)
class KiteFlown(Event):
    """A kite left the ground."""

    name = "kite.flown"
    kite_id: int
    meadow_id: int | None = None
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class KiteLanded(Event):
    """A kite came down; nothing reacts to it."""

    name = "kite.landed"
    kite_id: int


seen: list[KiteFlown] = []
waved: list[int] = []


@reacts_to(KiteFlown)
def look_up(event: KiteFlown) -> None:
    """Look at the kite, and wave."""
    seen.append(event)
    enqueue(wave, kite_id=event.kite_id)


@reacts_to(KiteFlown)
def bring_it_down(event: KiteFlown) -> None:
    """Land a kite that flies over the wrong meadow."""
    if event.meadow_id == 13:
        land_kite(event.kite_id)


@job
def wave(kite_id: int) -> None:
    """Wave at a kite."""
    waved.append(kite_id)


@db.transaction
def fly_kite(
    kite_id: int, *, meadow_id: int | None = None, fail: bool = False, by: Actor = ERIN
) -> Fact:
    """Let a kite fly."""
    flown = KiteFlown(kite_id=kite_id, meadow_id=meadow_id, colours=("red", "żółty"))
    fact = journal.record(flown, by=by, at=NOON)
    if fail:
        raise ArithmeticError
    return fact


@db.transaction
def land_kite(kite_id: int) -> Fact:
    """Bring a kite down."""
    return journal.record(KiteLanded(kite_id=kite_id), by=SYSTEM, at=NOON)


@db.transaction
def forget(fact: Fact) -> None:
    """Erase what was said."""
    journal.erase(fact)
