"""What people type about campaigns, segments and consent."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from paraph.campaigns.cards import CampaignCard
from paraph.campaigns.models import Campaign, Channel, Segment, SegmentKind
from paraph.contacts.models import Company
from paraph.people.models import Employee

MOST_SEGMENTS = 1000


class CampaignForm(forms.Form):
    """A draft: what it says, and to whom."""

    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        help_text=_("For your colleagues; readers do not see it."),
        error_messages={"required": _("Give the campaign a title.")},
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=Channel.choices, widget=forms.RadioSelect
    )
    segments = forms.ModelMultipleChoiceField(
        Segment.objects.none(),
        label=_("To"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    company = forms.ModelChoiceField(
        Company.objects.none(), label=_("In the name of"), empty_label=None
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Of the lines that Paraph adds, such as the way to unsubscribe."),
    )
    rate = forms.IntegerField(
        label=_("Messages a minute"),
        min_value=1,
        max_value=6000,
        help_text=_("Slower is kinder to mail servers: many refuse a flood."),
    )
    is_shared = forms.BooleanField(label=_("Available to everyone"), required=False)

    def __init__(self, *args: Any, person: Employee, **kwargs: Any) -> None:
        """Offer the chosen segments, and of others as many as a page bears."""
        super().__init__(*args, **kwargs)
        segments = cast("forms.ModelMultipleChoiceField[Segment]", self.fields["segments"])
        reach = Segment.objects.visible_to(person)
        offered = list(reach.values_list("pk", flat=True)[:MOST_SEGMENTS])
        segments.queryset = reach.filter(pk__in=[*offered, *self.initial.get("segments", ())])
        company = cast("forms.ModelChoiceField[Company]", self.fields["company"])
        ours = Company.objects.ours().order_by("id")
        company.queryset = ours
        if len(ours[:2]) < 2:
            company.widget = forms.HiddenInput()

    def card(self) -> CampaignCard:
        """Return what was typed."""
        segments = cast("forms.ModelMultipleChoiceField[Segment]", self.fields["segments"])
        chosen = list(self.cleaned_data["segments"])
        typed = {**self.cleaned_data, "segments": chosen}
        return CampaignCard(**typed, offered=list(segments.queryset or ()))


def initial_of(campaign: Campaign) -> dict[str, Any]:
    """Return a campaign's values for the form."""
    plain = ("title", "channel", "subject", "text", "language", "rate", "is_shared")
    values: dict[str, Any] = {name: getattr(campaign, name) for name in plain}
    return values | {
        "company": campaign.company_id,
        "segments": list(campaign.segments.values_list("pk", flat=True)),
    }


class SegmentForm(forms.Form):
    """A segment's name and kind; its filter comes with the fields of the list of contacts."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Give the segment a name.")},
    )
    kind = forms.ChoiceField(
        label=_("Members"),
        choices=[
            (SegmentKind.DYNAMIC, _("Whoever fits the filter, now and later")),
            (SegmentKind.STATIC, _("Those who fit the filter today, and those you add by hand")),
        ],
        widget=forms.RadioSelect,
    )
    is_shared = forms.BooleanField(label=_("Available to everyone"), required=False)


class ConsentForm(forms.Form):
    """A contact's word about one channel, and where they gave it."""

    channel = forms.ChoiceField(choices=Channel.choices)
    is_given = forms.TypedChoiceField(
        choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1"
    )
    source = forms.CharField(max_length=200, required=False)
