"""The rules of stages: written, switched, deleted, and followed once for each stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.signing.models import Envelope

from .. import deeds
from ..events import RuleApplied, RuleDeleted, RuleSwitched, RuleWritten
from ..models import Deed, RuleRun, StageRule, Whom
from ..refusals import CannotKeepRule


@db.transaction
def keep_rule(rule: StageRule, *, by: Actor, at: datetime) -> StageRule:
    """Write a rule down, or down anew: then what stands there already is left alone."""
    if missing := _missing(rule):
        raise CannotKeepRule(missing)
    if rule.pk and not StageRule.objects.select_for_update().filter(pk=rule.pk).exists():
        raise CannotKeepRule(_("This rule was deleted meanwhile."))
    rule.on_since = at if rule.is_on else None
    rule.save()
    journal.record(RuleWritten(rule.pk, rule.name, rule.is_on), by=by, at=at)
    return rule


@db.transaction
def switch_rule(rule: StageRule, *, is_on: bool, by: Actor, at: datetime) -> None:
    """Let a rule hold from now on, or no more."""
    rule.lock()
    if rule.is_on == is_on:
        return
    rule.is_on, rule.on_since = is_on, at if is_on else None
    rule.save(update_fields=["is_on", "on_since"])
    journal.record(RuleSwitched(rule.pk, rule.name, is_on), by=by, at=at)


@db.transaction
def delete_rule(rule: StageRule, *, by: Actor, at: datetime) -> None:
    """Take a rule away; what it did stays done and told."""
    gone = RuleDeleted(rule.pk, rule.name)
    rule.delete()
    journal.record(gone, by=by, at=at)


@db.transaction
def follow_rule(rule: StageRule, envelope: Envelope, *, at: datetime) -> bool:
    """Do a rule's deed for an envelope, once for each stay in the stage; tell whether it was due.

    The deed, the row that keeps it from being done twice, and the fact are written together.
    """
    envelope.lock()
    if not (_holds(rule) and rule.due(at=at).filter(pk=envelope.pk).exists()):
        return False
    run, is_first = RuleRun.objects.get_or_create(
        rule=rule, envelope=envelope, came_at=envelope.stands_since, defaults={"ran_at": at}
    )
    if not is_first:
        return False
    told = ""
    try:
        with transaction.atomic():
            told = deeds.do(rule, envelope, at=at)
    except Refused as refusal:
        run.refusal = str(refusal)
        run.save(update_fields=["refusal"])
    deal_id = envelope.deal_id if rule.deed == Deed.MOVE_DEAL else None
    done = RuleApplied(envelope.pk, rule.pk, rule.name, rule.deed, told, run.refusal, deal_id)
    journal.record(done, by=rule.actor, at=at)
    return True


@db.transaction_required
def _holds(rule: StageRule) -> bool:
    """Hold the rule; tell whether it is still on, and as it was when it was read."""
    kept = StageRule.objects.select_for_update().filter(pk=rule.pk, on_since=rule.on_since)
    return kept.values_list("pk", flat=True).first() is not None


def _missing(rule: StageRule) -> list[str]:
    """Say what the rule does not say and has to."""
    is_about_somebody = rule.deed == Deed.HAND_OVER or rule.whom == Whom.PERSON
    wanted = {
        _("Write a name."): not rule.name.strip(),
        _("Choose to whom it writes."): rule.deed == Deed.NOTIFY and not rule.whom,
        _("Choose a person."): is_about_somebody and rule.person_id is None,
        _("Write the note."): rule.deed == Deed.NOTE and not rule.text.strip(),
        _("Choose where the deal goes."): rule.deed == Deed.MOVE_DEAL
        and rule.deal_stage_id is None,
    }
    return [words for words, is_missing in wanted.items() if is_missing]
