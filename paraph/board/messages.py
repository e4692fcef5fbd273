"""What the board writes to the people who work here; the words are in ``messages/<kind>/``."""

from __future__ import annotations

from django.conf import settings

from paraph.messaging.letters import Letter
from paraph.people.models import Employee
from paraph.signing.models import Envelope

from .models import StageRule


def rule_notice(rule: StageRule, envelope: Envelope, *, to: Employee) -> Letter:
    """Tell somebody that a rule has found a document where they ought to look."""
    return Letter(
        kind="rule_notice",
        channel="email",
        recipient=to.email,
        recipient_name=to.name,
        language=to.language,
        context={
            "rule": rule,
            "envelope": envelope,
            "standing": envelope.get_standing_display,
            "link": f"{settings.PARAPH_URL}/envelopes/{envelope.pk}/",
        },
        about=("envelope", envelope.pk),
    )
