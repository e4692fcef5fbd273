"""What the sender types to change what travels, as clean values."""

from datetime import datetime, time
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Contact
from paraph.desk.contacts.forms import PhoneField
from paraph.people.models import Employee
from paraph.signing import queries, rules
from paraph.signing.choices import Reach, Successor
from paraph.signing.models import Channel, Envelope, Party

REASON = 500


def _reason(label: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=REASON, widget=area)


def zones() -> list[tuple[str, str]]:
    """Return the places whose clock a party may live by; none means this installation's."""
    named = sorted(zone for zone in available_timezones() if "/" in zone)
    usual = (_("As here: %(zone)s") % {"zone": settings.TIME_ZONE}).replace("_", " ")
    return [("", usual), *((zone, zone.replace("_", " ")) for zone in named)]


class ReachForm(forms.Form):
    """How a party is reached from now on; the address of one of ours is their account's."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    link_channel = forms.ChoiceField(label=_("Link by"), choices=Channel.choices)
    code_channel = forms.ChoiceField(label=_("Code by"), choices=Channel.choices)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=zones,
        help_text=_("Reminders come in working hours there; the deadline is told by its clock."),
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        names = ("email", "phone", "link_channel", "code_channel", "time_zone")
        kwargs["initial"] = {name: getattr(party, name) for name in names}
        super().__init__(*args, **kwargs)
        if party.is_ours:
            del self.fields["email"], self.fields["phone"], self.fields["time_zone"]
        if party.code_channel not in Channel.values:  # agreed words may still give way to a code
            code = cast("forms.ChoiceField", self.fields["code_channel"])
            code.choices = [
                (party.code_channel, party.get_code_channel_display()),
                *Channel.choices,
            ]

    def reach(self) -> Reach:
        """Return what was typed."""
        return Reach(**self.cleaned_data)


class ColleagueForm(forms.Form):
    """Which of our own people acts instead."""

    employee = forms.ModelChoiceField(
        Employee.objects.none(),
        label=_("Who acts instead"),
        error_messages={"required": _("Choose somebody.")},
    )
    reason = _reason(_("Reason, for the person who was asked"))

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        company = party.envelope.company
        able = queries.possible_signers(company) if company and party.is_signer else []
        people = Employee.objects.filter(is_active=True).exclude(parties=party.pk)
        if party.is_signer:
            people = people.filter(pk__in=[person.pk for person in able])
        cast("forms.ModelChoiceField[Any]", self.fields["employee"]).queryset = people

    def successor(self, *, person: Employee) -> Successor:
        """Return who was chosen."""
        return Successor(employee=self.cleaned_data["employee"])


class OutsiderForm(forms.Form):
    """Which person on the other side acts instead; a contact we know is taken as it is."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        error_messages={"required": _("Write the person's name.")},
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    channel = forms.ChoiceField(label=_("Link and code by"), choices=Channel.choices)
    reason = _reason(_("Reason, for the person who was asked"))

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        kwargs["initial"] = {"channel": party.link_channel}
        super().__init__(*args, **kwargs)

    def successor(self, *, person: Employee) -> Successor:
        """Return who was named; by the e-mail address it may be a contact of ours."""
        typed = {name: self.cleaned_data[name] for name in ("name", "email", "phone", "channel")}
        typed["code_channel"] = typed["channel"]
        known = Contact.objects.visible_to(person).filter(email__iexact=typed["email"])
        contact = known.first() if typed["email"] and known.count() == 1 else None
        return Successor(contact=contact, **typed)


class TimeForm(forms.Form):
    """Until when it can be signed, and how often parties are reminded by themselves."""

    deadline_on = forms.DateField(
        label=_("Sign by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At the end of that day the document expires. Empty: it never does."),
        error_messages={"invalid": _("Choose a day from the calendar.")},
    )
    first_after_days = forms.IntegerField(
        label=_("First reminder after so many days"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Empty: nobody is reminded by itself. Always in their working hours."),
    )
    every_days = forms.IntegerField(
        label=_("Then every so many days"), required=False, min_value=1, max_value=60
    )
    at_most = forms.IntegerField(
        label=_("At most so many reminders"), required=False, min_value=1, max_value=10
    )

    @classmethod
    def of(cls, envelope: Envelope) -> "TimeForm":
        """Return the form as things stand."""
        deadline = envelope.deadline_at
        day = timezone.localdate(deadline) if deadline else None
        return cls(initial={"deadline_on": day, **envelope.reminders})

    def deadline(self) -> datetime | None:
        """Return the end of the chosen day."""
        day = self.cleaned_data["deadline_on"]
        zone = timezone.get_current_timezone()
        return datetime.combine(day, time(23, 59, 59), zone) if day else None

    def policy(self) -> rules.Policy | None:
        """Return how often to remind; what was left open is three days, three times."""
        typed = self.cleaned_data
        if not typed["first_after_days"]:
            return None
        return rules.Policy(
            first_after_days=typed["first_after_days"],
            every_days=typed["every_days"] or 3,
            at_most=typed["at_most"] or 3,
        )
