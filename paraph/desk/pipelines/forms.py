"""How a pipeline and its stages are called, and what they mean."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.sales.choices import StageChoice
from paraph.sales.lifecycle import StageKind
from paraph.sales.models import Colour, DealStage


class PipelineForm(forms.Form):
    """The name of a pipeline."""

    name = forms.CharField(
        label=_("Name"), max_length=80, error_messages={"required": _("Write a name.")}
    )


class StageForm(forms.Form):
    """A stage of a pipeline."""

    name = forms.CharField(
        label=_("Stage"), max_length=60, error_messages={"required": _("Write a name.")}
    )
    colour = forms.ChoiceField(label=_("Colour"), choices=Colour.choices, initial=Colour.TEAL)
    kind = forms.ChoiceField(label=_("Deals here are"), choices=StageKind.choices)

    def choice(self) -> StageChoice:
        """Return what was typed."""
        return StageChoice(**self.cleaned_data)


class HeirForm(forms.Form):
    """Where the deals of a stage go when it is taken away."""

    heir = forms.ModelChoiceField(
        DealStage.objects.none(), label=_("Its deals go to"), required=False, empty_label=None
    )

    def __init__(self, *args: Any, stage: DealStage, **kwargs: Any) -> None:
        """Offer the other stages of its kind, in any pipeline, its own first."""
        super().__init__(*args, **kwargs)
        others = DealStage.objects.filter(kind=stage.kind).exclude(pk=stage.pk)
        heir = cast("forms.ModelChoiceField[DealStage]", self.fields["heir"])
        heir.queryset = others.filter(pipeline=stage.pipeline)
