"""The lists of campaigns and segments, and what they add to the list of contacts."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.campaigns.lifecycle import Status
from paraph.campaigns.listing import campaign_listing, segment_listing
from paraph.campaigns.models import Campaign, Channel, Segment, SegmentKind
from paraph.desk.lists.rooms import Asked, Entry, GroupAction, Room, Tool
from paraph.people.access import Right, Section, allow

HERE = (Section.CAMPAIGNS,)
EDIT, CREATE = (Right.EDIT, HERE), (Right.CREATE, HERE)


class ChooseCampaign(Asked):
    """To which draft the contacts are added, or what a new one is called."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Draft"), required=False, empty_label=_("A new campaign")
    )
    title = forms.CharField(label=_("Title of the new campaign"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = Campaign.objects.visible_to(self.person, Right.EDIT).filter(status=Status.DRAFT)
        self.fields["campaign"].queryset = drafts  # type: ignore[attr-defined]  # a model's field

    def clean(self) -> dict[str, Any]:
        """A new campaign needs a title."""
        if not self.cleaned_data.get("campaign") and not self.cleaned_data.get("title"):
            self.add_error("title", gettext("Give the new campaign a title, or choose a draft."))
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        campaign = self.cleaned_data["campaign"]
        return {"campaign": campaign.pk} if campaign else {"title": self.cleaned_data["title"]}


class ChooseSegment(Asked):
    """On which fixed list the contacts are put, or what a new one is called."""

    segment = forms.ModelChoiceField(
        Segment.objects.none(), label=_("Fixed list"), required=False, empty_label=_("A new list")
    )
    title = forms.CharField(label=_("Name of the new list"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Segment.objects.visible_to(self.person, Right.EDIT)
        fixed = mine.filter(kind=SegmentKind.STATIC)
        self.fields["segment"].queryset = fixed  # type: ignore[attr-defined]  # a model's field

    def clean(self) -> dict[str, Any]:
        """A new list needs a name."""
        if not self.cleaned_data.get("segment") and not self.cleaned_data.get("title"):
            self.add_error("title", gettext("Give the new list a name, or choose one."))
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        segment = self.cleaned_data["segment"]
        return {"segment": segment.pk} if segment else {"title": self.cleaned_data["title"]}


class SayConsent(Asked):
    """By which channel they agreed to be written to, and where they said so."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    source = forms.CharField(
        label=_("Where did they agree?"),
        max_length=200,
        help_text=_("For example: form on the website, trade fair in March."),
        error_messages={"required": _("Write where they agreed: one day somebody will ask.")},
    )

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("channel", "source")}


CAMPAIGNS = Room[Campaign](
    "campaign-list",
    label=_("Campaigns"),
    listing=campaign_listing,
    rows=lambda person, right: Campaign.objects.visible_to(person, right),
    guard=allow(Section.CAMPAIGNS, Right.VIEW),
    detail=lambda it: reverse("campaign-detail", args=[it.pk]),
    template="desk/campaigns/list.html",
    empty="desk/campaigns/empty.html",
    search=_("Search campaigns"),
    create="campaign-create",
    cells={"status": "desk/campaigns/cells/status.html"},
    menu=[
        Entry(
            _("Edit"),
            "pencil",
            EDIT,
            href=lambda it: reverse("campaign-edit", args=[it.pk]),
            key="e",
        ),
    ],
)

SEGMENTS = Room[Segment](
    "segment-list",
    label=_("Segments"),
    listing=segment_listing,
    rows=lambda person, right: Segment.objects.visible_to(person, right),
    guard=allow(Section.CAMPAIGNS, Right.VIEW),
    detail=lambda it: reverse("segment-detail", args=[it.pk]),
    template="desk/campaigns/segments.html",
    empty="desk/campaigns/no_segments.html",
    search=_("Search segments"),
    create="segment-create",
    menu=[
        Entry(
            _("Edit"),
            "pencil",
            EDIT,
            href=lambda it: reverse("segment-edit", args=[it.pk]),
            key="e",
        ),
    ],
)

ON_CONTACTS = [
    GroupAction(
        "add-to-campaign",
        _("Add to a campaign"),
        "speakerphone",
        EDIT,
        kind="campaigns.add-to-campaign",
        question=_("Add to which campaign?"),
        text=_("Only those who agreed to it will be written to."),
        form=ChooseCampaign,
    ),
    GroupAction(
        "add-to-segment",
        _("Add to a fixed list"),
        "users-group",
        EDIT,
        kind="campaigns.add-to-segment",
        question=_("Add to which list?"),
        form=ChooseSegment,
    ),
    GroupAction(
        "consent",
        _("Record consent"),
        "mail-check",
        (Right.EDIT, (Section.CONTACTS, Section.CRM)),
        kind="campaigns.record-consent",
        question=_("Did all of them agree to be written to?"),
        text=_("Who has unsubscribed by themselves stays unsubscribed."),
        form=SayConsent,
    ),
]
"""Group actions for the list of contacts."""

TOOL_ON_CONTACTS = Tool(_("Save as a segment"), "users-group", "segment-create", CREATE)
