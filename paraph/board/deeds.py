"""What the rules of stages do, each a step of the transaction that notes it as done.

None of them changes where an envelope stands, which is the only thing that sets off a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.people.models import Employee
from paraph.sales import steps as sales
from paraph.sales.choices import Place
from paraph.sales.models import Deal
from paraph.signing import steering
from paraph.signing.models import Envelope

from .messages import rule_notice
from .models import Deed, StageRule, Whom
from .refusals import CannotFollowRule


@db.transaction_required
def do(rule: StageRule, envelope: Envelope, *, at: datetime) -> str:
    """Do what the rule says with an envelope that is held; return it in words."""
    return _DEEDS[Deed(rule.deed)](rule, envelope, at)


def recipient_of(rule: StageRule, envelope: Envelope) -> Employee:
    """Return whom the rule writes to; raises ``CannotFollowRule`` where there is nobody."""
    responsible = envelope.responsible
    department = responsible.department
    person = {
        Whom.RESPONSIBLE: responsible,
        Whom.HEAD: department.head if department else None,
        Whom.PERSON: rule.person,
    }[Whom(rule.whom)]
    if person is None:
        raise CannotFollowRule(_("%s has no head of department.") % responsible.name)
    if not person.is_active:
        raise CannotFollowRule(_("%s does not work here any more.") % person.name)
    if not Envelope.objects.visible_to(person).filter(pk=envelope.pk).exists():
        raise CannotFollowRule(_("%s may not see this document.") % person.name)
    return person


def _remind(rule: StageRule, envelope: Envelope, at: datetime) -> str:
    reminded = steering.remind_all(envelope, by=rule.actor, at=at)
    return ", ".join(party.name for party in reminded)


def _notify(rule: StageRule, envelope: Envelope, at: datetime) -> str:
    person = recipient_of(rule, envelope)
    once = f"rule-{rule.pk}-{envelope.pk}-{envelope.stands_since.isoformat()}"
    deliver(rule_notice(rule, envelope, to=person), once=once, at=at)
    return person.name


def _hand_over(rule: StageRule, envelope: Envelope, at: datetime) -> str:
    person = rule.person
    if person is None or not person.is_active:
        raise CannotFollowRule(_("Whoever should get it does not work here any more."))
    if envelope.responsible_id != person.pk:
        steering.hand_over(envelope, to=person, by=rule.actor, at=at)
    return person.name


def _note(rule: StageRule, envelope: Envelope, at: datetime) -> str:
    return rule.text


def _move_deal(rule: StageRule, envelope: Envelope, at: datetime) -> str:
    if envelope.deal_id is None or rule.deal_stage is None:
        raise CannotFollowRule(_("The document belongs to no deal."))
    deal = Deal.objects.get(pk=envelope.deal_id)
    deal.lock()
    sales.put(deal, Place(rule.deal_stage), by=rule.actor, at=at)
    return f"{deal.title} → {rule.deal_stage.name}"


_DEEDS: dict[Deed, Callable[[StageRule, Envelope, datetime], str]] = {
    Deed.REMIND: _remind,
    Deed.NOTIFY: _notify,
    Deed.HAND_OVER: _hand_over,
    Deed.NOTE: _note,
    Deed.MOVE_DEAL: _move_deal,
}
