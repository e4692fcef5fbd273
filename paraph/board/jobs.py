"""Work of the board in the background: the rules of its stages are followed."""

from django.utils import timezone

from paraph.kit.jobs import job

from .actions.ruling import follow_rule
from .models import StageRule

AT_ONCE = 200
"""So many documents of a rule are done in one go; the others follow with the next."""


@job(queue="default")
def follow_rules() -> None:
    """Do what the rules say, with every document that has come or stayed long enough."""
    at = timezone.now()
    rules = StageRule.objects.filter(is_on=True).select_related(
        "stage", "template", "person", "deal_stage__pipeline"
    )
    for rule in rules.prefetch_related("stage__places"):
        due = rule.due(at=at).select_related("responsible__department__head")
        for envelope in due[:AT_ONCE]:
            follow_rule(rule, envelope, at=at)
