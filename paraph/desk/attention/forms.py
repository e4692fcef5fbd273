"""What a person chooses of their digest, and what an installation takes for long."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.digests.models import LAST_HOUR
from paraph.signing.attention import Attention

HOURS = [(hour, f"{hour:02}:00") for hour in range(LAST_HOUR + 1)]
MOST_DAYS = 60


class KindsField(forms.MultipleChoiceField):
    """Kinds of attention; all of them are kept as none, so that later kinds come along."""

    def __init__(self) -> None:
        super().__init__(
            label=_("What counts"),
            choices=Attention.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one.")},
        )

    def clean(self, value: list[str]) -> list[str]:
        chosen: list[str] = super().clean(value)
        return [] if len(chosen) == len(Attention) else chosen


class DigestForm(forms.Form):
    """When the digest comes, of what, and whether at all."""

    is_on = forms.BooleanField(
        label=_("Write to me on working days, when something needs attention"), required=False
    )
    hour = forms.TypedChoiceField(
        label=_("At"),
        choices=HOURS,
        coerce=int,
        help_text=_("By the clock of your time zone, which your profile has."),
    )
    with_team = forms.BooleanField(
        label=_("Tell me of my team, too"),
        required=False,
        help_text=_("For heads of departments: how many documents need each colleague."),
    )
    kinds = KindsField()


def _days(label: Any) -> forms.IntegerField:  # Any: a lazy text
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS)


class RuleForm(forms.Form):
    """After how many days a document stands out."""

    near_days = _days(_("A deadline is near so many days before it"))
    unread_days = _days(_("Not opened for so many days"))
    unfinished_days = _days(_("Opened and not signed for so many days"))
    kinds = KindsField()
