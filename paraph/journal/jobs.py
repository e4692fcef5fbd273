"""The journal's one job: let a reaction know of a fact."""

from paraph.journal.events import EVENTS
from paraph.journal.models import Fact
from paraph.journal.reacting import REACTIONS
from paraph.kit import db
from paraph.kit.jobs import job
from paraph.kit.prepared import Prepared, given

_FACT = Prepared(lambda: Fact.objects.select_related("payload").filter(pk=given("fact")))


@job(queue="reactions", priority=5)
def react(fact_id: int, reaction: str) -> None:
    """Call one reaction with the event as it was recorded, unless it is erased by now."""
    fact = _FACT.first(fact=fact_id)
    if fact is None:
        raise Fact.DoesNotExist(fact_id)
    if fact.is_erased or reaction not in REACTIONS[fact.event]:
        return

    # Lost in a power cut, it is called again; before anything leaves the house there is a commit
    # that waits for the disk, and makes this one last.
    with db.soon_durable(), db.unit_of_work():
        REACTIONS[fact.event][reaction].run(EVENTS[fact.event].of(fact.facts))
