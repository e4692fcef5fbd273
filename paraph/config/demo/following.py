"""What follows the demo company's documents by itself, and what colleagues write about them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph.board.actions.ruling import keep_rule
from paraph.board.models import Deed, Stage, StageRule, Whom
from paraph.board.stages import Stage as Usual
from paraph.comments.actions import write_comment
from paraph.comments.models import Subject
from paraph.sales.models import Deal

from .staff import Staff


def follow(staff: Staff, *, at: datetime) -> None:
    """Write two rules, one of them on, and a comment that calls a colleague."""
    stages = {stage.usual: stage for stage in Stage.objects.all()}
    remind = StageRule(
        name=_("Friendly reminder"),
        stage=stages[Usual.WITH_CLIENT],
        after_days=5,
        deed=Deed.REMIND,
        is_on=True,
    )
    notice = StageRule(
        name=_("Tell who is responsible"),
        stage=stages[Usual.NOT_SIGNED],
        deed=Deed.NOTIFY,
        whom=Whom.RESPONSIBLE,
        text=_("Please call the client and find out why."),
    )
    for rule in (remind, notice):
        keep_rule(rule, by=staff.administrator.actor, at=at)
    deal = Deal.objects.order_by("pk").first()
    if deal is not None:
        words = _("@%s, the client asks for delivery before the holidays.")
        text = words % staff.administrator.name
        author = deal.responsible
        write_comment(text, about=(Subject.DEAL, deal.pk), author=author, at=at)
