"""A real installation for fault tests: its own database, and a desk that acts for everybody."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command


def main() -> None:
    """Read one order a line, and answer each."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    django.setup()
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(DESK[verb](*arguments)) + "\n")
        sys.stdout.flush()


def begin() -> int:
    """Move in and send an envelope to Erin, then Frank; its number."""
    from tests import cast, make

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    return make.sent(cast.gather(), at=_now()).pk


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
    "check": check,
}

if __name__ == "__main__":
    main()
