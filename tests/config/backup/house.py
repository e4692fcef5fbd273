"""The processes of the backup's tests: an installation that signs, and one that is looked at."""

import json
import os
import sys
from collections.abc import Callable
from itertools import count
from time import sleep
from typing import Any

import django


def main(verb: str) -> None:
    """Do one thing in an installation and print what came of it, as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    django.setup()
    print(json.dumps(DESK[verb]()), flush=True)


def live() -> None:
    """Move in, leave a letter whose server is away, then complete envelopes until killed."""
    from django.conf import settings

    from tests import cast, make

    people = cast.gather()
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    settings.TWILIO_ACCOUNT, settings.TWILIO_URL = "nobody", "http://127.0.0.1:9"
    make.sent(people, at=_now())
    settings.SMTP_URL = settings.TWILIO_ACCOUNT = ""
    for done in count(1):
        make.completed(people, at=_now())
        print(done, flush=True)
        sleep(0.3)  # people pause


def look() -> dict[str, Any]:
    """What there is, after every invariant was checked, and what then leaves by the sweep."""
    from paraph.journal.models import LogCheckpoint, LogShard
    from paraph.messaging.models import Message
    from paraph.signing.models import Envelope
    from tests.invariants import check_invariants

    check_invariants()
    found = {
        "completed": Envelope.objects.completed().count(),
        "shards": list(LogShard.objects.values_list("origin", flat=True)),
        "linked": [shard.previous for shard in LogShard.objects.exclude(previous="")],
        "checkpoint": LogCheckpoint.objects.order_by("-id").values_list("note", flat=True)[0],
        "held": Message.objects.filter(state="held").count(),
    }
    return found | {"leaves": _swept()}


def _swept() -> list[str]:
    """Let everything that waits leave, as the sweep does; the kinds of what left."""
    from paraph.messaging.jobs import sweep_messages
    from paraph.messaging.models import Message

    gone = Message.objects.filter(state__in=["sent", "delivered"])
    before = list(gone.values_list("pk", flat=True))
    Message.objects.filter(state="queued").update(retry_at=_now())
    sweep_messages()
    return list(gone.exclude(pk__in=before).values_list("kind", flat=True))


def _now() -> Any:  # imported late: Django is set up by then
    from django.utils import timezone

    return timezone.now()


DESK: dict[str, Callable[[], Any]] = {
    "live": live,
    "look": look,
}

if __name__ == "__main__":
    main(sys.argv[1])
