"""What people say of a rule: when, what, to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.board.models import Deed, Stage, StageRule, Whom
from paraph.documents.models import Template
from paraph.people.models import Employee
from paraph.sales.models import DealStage

MOST_DAYS = 365
FIELDS = (
    *("name", "stage", "after_days", "template", "deed", "whom", "person", "text"),
    *("deal_stage", "is_on"),
)


class DealStageField(forms.ModelChoiceField[DealStage]):
    """A stage, told by its pipeline."""

    def label_from_instance(self, obj: DealStage) -> str:
        return f"{obj.pipeline.name} · {obj.name}"


class RuleForm(forms.Form):
    """A rule of a stage; only what its deed needs is read."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("It stands on the timeline of every document that the rule touches."),
    )
    stage = forms.ModelChoiceField(Stage.objects.all(), label=_("Stage"), empty_label=None)
    after_days = forms.IntegerField(
        label=_("After days"),
        min_value=0,
        max_value=MOST_DAYS,
        initial=0,
        help_text=_("0: as soon as a document comes there."),
    )
    template = forms.ModelChoiceField(
        Template.objects.order_by("name"),
        label=_("Only documents made from"),
        required=False,
        empty_label=_("All documents"),
    )
    deed = forms.ChoiceField(label=_("Then"), choices=Deed.choices)
    whom = forms.ChoiceField(
        label=_("Write to"), choices=[("", "–"), *Whom.choices], required=False
    )
    person = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True),
        label=_("Person"),
        required=False,
        empty_label="–",
        help_text=_("To write to somebody in particular, or to hand over."),
    )
    text = forms.CharField(
        label=_("Note or message"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    deal_stage = DealStageField(
        DealStage.objects.select_related("pipeline").order_by("pipeline", "position"),
        label=_("Move the deal to"),
        required=False,
        empty_label="–",
    )
    is_on = forms.BooleanField(
        label=_("Switched on"),
        required=False,
        help_text=_("Only what comes or has stayed long enough from now on is touched."),
    )

    def __init__(self, *args: Any, rule: StageRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(rule, name) for name in FIELDS if rule.pk}
        self._rule = rule

    def rule(self) -> StageRule:
        """Return the rule as it was described, without what its deed does not need."""
        said = self.cleaned_data
        deed, rule = Deed(said["deed"]), self._rule
        for name in ("name", "stage", "after_days", "template", "deed", "is_on"):
            setattr(rule, name, said[name])
        is_letter = deed is Deed.NOTIFY
        rule.whom = said["whom"] if is_letter else ""
        is_personal = deed is Deed.HAND_OVER or rule.whom == Whom.PERSON
        rule.person = said["person"] if is_personal else None
        rule.text = said["text"] if is_letter or deed is Deed.NOTE else ""
        rule.deal_stage = said["deal_stage"] if deed is Deed.MOVE_DEAL else None
        return rule
