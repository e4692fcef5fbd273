"""A real installation for fault tests: its own database, and a desk that acts for everybody."""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django


def main() -> None:
    """Read one order a line, and answer each."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    django.setup()
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(DESK[verb](*arguments)) + "\n")
        sys.stdout.flush()


def begin(container: str = "") -> int:
    """Move in and send an envelope to Erin, then Frank; its number. The company seals beside
    Erin where its certificate is handed in.
    """
    from tests import cast, make

    people = cast.gather()
    if container:
        _bring_seal(people, bytes.fromhex(container))
    return make.sent(people, at=_now()).pk


def _bring_seal(people: Any, content: bytes) -> None:  # a Cast, imported late
    from paraph.signing.actions.company_seals import add_company_seal
    from paraph.signing.certificates import from_file
    from tests.fakes.trust_centre import PASSWORD

    found, by = from_file(content, PASSWORD, at=_now()), people.alice.actor
    add_company_seal(people.company, chain=found.chain, secret=found.secret, by=by, at=_now())


def prove(envelope_id: int, name: str) -> None:
    """Let a party enter their code and fill everything."""
    from tests import make

    make.filled(make.session(_party(envelope_id, name), at=_now()), at=_now())


def press(envelope_id: int, name: str) -> int:
    """Let a party press Sign; the act's number."""
    from paraph.signing.actions.ceremony import press_sign
    from paraph.signing.models import SigningSession
    from paraph.signing.queries import desk_of
    from tests import make

    party = _party(envelope_id, name)
    session = SigningSession.objects.select_related("link__party__envelope").get(link__party=party)
    shown = desk_of(party, at=_now()).shown
    return press_sign(session, terms=make.TERMS, shown=shown, origin=make.HERE, at=_now()).pk


def state(envelope_id: int) -> dict[str, Any]:
    """How far everything is."""
    from paraph.messaging.models import Message
    from paraph.signing.models import Envelope, Party

    messages = Message.objects.filter(kind="envelope_completed")
    return {
        "envelope": Envelope.objects.get(pk=envelope_id).status,
        "parties": list(Party.objects.in_order().values_list("status", flat=True)),
        "completed": sorted(messages.values_list("recipient", "state")),
        "waiting": Message.objects.filter(state__in=["queued", "leased"]).count(),
    }


def outwait() -> None:
    """Let the time pass in which nobody else may try what the killed worker had in hand."""
    from paraph.messaging.models import Message

    Message.objects.filter(state="leased").update(leased_until=_now())


def hurry() -> None:
    """Let the time pass after which a service outside that was down is asked again."""
    from paraph.kit.models import KeptOrder
    from paraph.signing.models import TimeSource

    TimeSource.objects.update(asked_at=_now() - timedelta(hours=1))
    KeptOrder.objects.update(run_at=_now())


def age() -> None:
    """Let the newest time stamps grow old, and order fresh ones."""
    from paraph.kit import db
    from paraph.kit.jobs import enqueue
    from paraph.signing.jobs.lasting import renew_stamps
    from paraph.signing.models import Stamping

    Stamping.objects.update(until=_now() + timedelta(days=100))
    with db.unit_of_work():
        enqueue(renew_stamps)


def ordered(name: str) -> int:
    """How many orders of a job there are still."""
    from paraph.kit.models import KeptOrder

    return KeptOrder.objects.filter(name=name).count()


def kinds() -> list[str]:
    """The revisions of the only document, in their order."""
    from paraph.documents.models import Revision

    return list(Revision.objects.order_by("number").values_list("kind", flat=True))


def sealed_beside() -> int:
    """How many acts bear the seal of the company."""
    from paraph.signing.models import Act

    return Act.objects.exclude(company_certificate="").count()


def check() -> None:
    """Raise when an invariant does not hold."""
    from tests.invariants import check_invariants

    check_invariants()


def _party(envelope_id: int, name: str) -> Any:  # imported late: Django is set up by then
    from paraph.signing.models import Envelope
    from tests import make

    return make.party(Envelope.objects.get(pk=envelope_id), name=name)


def _now() -> Any:  # imported late, as above
    from django.utils import timezone

    return timezone.now()


DESK: dict[str, Callable[..., Any]] = {
    "begin": begin,
    "prove": prove,
    "press": press,
    "state": state,
    "outwait": outwait,
    "hurry": hurry,
    "age": age,
    "ordered": ordered,
    "kinds": kinds,
    "sealed_beside": sealed_beside,
    "check": check,
}

if __name__ == "__main__":
    main()
