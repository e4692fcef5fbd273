"""What a rule says, in a plain sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paraph.board.models import Deed, StageRule, Whom


def sentence_of(rule: StageRule) -> str:
    """Say when the rule does what: ``When a document stays 5 days at “With us”: remind …``."""
    values = {
        "days": rule.after_days,
        "stage": rule.stage.name,
        "template": str(rule.template) if rule.template else "",
        "deed": _deed(rule),
    }
    return _when(rule) % values


def _when(rule: StageRule) -> str:
    if rule.after_days == 0:
        if rule.template is None:
            return _("When a document comes to “%(stage)s”: %(deed)s.")
        return _("When a document made from “%(template)s” comes to “%(stage)s”: %(deed)s.")
    if rule.template is None:
        return ngettext(
            "When a document stays %(days)d day at “%(stage)s”: %(deed)s.",
            "When a document stays %(days)d days at “%(stage)s”: %(deed)s.",
            rule.after_days,
        )
    return ngettext(
        "When a document made from “%(template)s” stays %(days)d day at “%(stage)s”: %(deed)s.",
        "When a document made from “%(template)s” stays %(days)d days at “%(stage)s”: %(deed)s.",
        rule.after_days,
    )


def _deed(rule: StageRule) -> str:
    person = rule.person.name if rule.person else ""
    if rule.deed == Deed.NOTIFY:
        return {
            Whom.RESPONSIBLE: _("write to whoever is responsible"),
            Whom.HEAD: _("write to the head of their department"),
            Whom.PERSON: _("write to %(person)s") % {"person": person},
        }[Whom(rule.whom)]
    stage = rule.deal_stage
    goal = f"{stage.pipeline.name} · {stage.name}" if stage else ""
    return {
        Deed.REMIND: _("remind whoever must act"),
        Deed.HAND_OVER: _("hand it over to %(person)s") % {"person": person},
        Deed.NOTE: _("note “%(text)s” on its timeline") % {"text": rule.text},
        Deed.MOVE_DEAL: _("move its deal to “%(goal)s”") % {"goal": goal},
    }[Deed(rule.deed)]
