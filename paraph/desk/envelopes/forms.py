"""What people type while preparing, as clean choices."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Company, Contact
from paraph.people.models import Employee
from paraph.signing import queries
from paraph.signing.choices import Description, PartyChoice, two_parties
from paraph.signing.models import Channel, Envelope, Party
from paraph.signing.seating import choice_of, pair_of


class PartiesForm(forms.Form):
    """The sender's company, its signer, the client, and how the client is reached."""

    company = forms.ModelChoiceField(
        Company.objects.none(),
        label=_("Sender"),
        empty_label=None,
        error_messages={"required": _("Add your company first, under My company.")},
    )
    signer = forms.ModelChoiceField(
        Employee.objects.none(),
        label=_("Signs for the company"),
        empty_label=None,
        help_text=_("Gets the document and the code by e-mail, at the address of the account."),
        error_messages={"required": _("Choose who signs for the company.")},
    )
    client = forms.ModelChoiceField(
        Contact.objects.none(),
        label=_("Client"),
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose the client: type a part of the name, or create a new contact."),
            "invalid_choice": _("This contact cannot be chosen. Search for another one."),
        },
    )
    link_channel = forms.ChoiceField(label=_("Link to the client by"), choices=Channel.choices)
    code_channel = forms.ChoiceField(label=_("Code to the client by"), choices=Channel.choices)

    def __init__(
        self,
        *args: Any,
        person: Employee,
        company: Company | None,
        is_final: bool = True,
        **kwargs: Any,
    ) -> None:
        """While somebody is still choosing (``is_final`` is false), the client may be missing."""
        super().__init__(*args, **kwargs)
        self.fields["client"].required = is_final
        _choice(self, "company").queryset = Company.objects.ours()
        signers = queries.possible_signers(company) if company else []
        pks = [signer.pk for signer in signers]
        _choice(self, "signer").queryset = Employee.objects.filter(pk__in=pks)
        _choice(self, "client").queryset = Contact.objects.visible_to(person)

    def clean_client(self) -> Contact | None:
        """Send nothing to somebody whom it cannot reach."""
        client = cast("Contact | None", self.cleaned_data["client"])
        if self.fields["client"].required and client and client.is_incomplete:
            raise forms.ValidationError(
                _("Phone or e-mail of %s is missing. Complete the contact first.") % client.name
            )
        return client

    def choices(self, seated: Sequence[Party]) -> list[PartyChoice]:
        """Return everybody in their order, our signer and the client as they were chosen."""
        typed = self.cleaned_data
        channels = {name: typed[name] for name in ("link_channel", "code_channel")}
        ours, theirs = pair_of(seated)
        if ours is None or theirs is None:
            return two_parties(typed["signer"], typed["client"], **channels)
        choices = {party.pk: choice_of(party) for party in seated}
        choices[ours.pk] = replace(choices[ours.pk], employee=typed["signer"])
        if typed["client"] != theirs.contact:  # the language was chosen for somebody else
            choices[theirs.pk] = replace(choices[theirs.pk], language="")
        choices[theirs.pk] = replace(choices[theirs.pk], contact=typed["client"], **channels)
        return list(choices.values())


class TitleForm(forms.Form):
    """What the document is called in everything the parties read."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Write a title.")}
    )


class DescriptionForm(TitleForm):
    """The last words before sending."""

    message = forms.CharField(
        label=_("Message to the parties"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    deadline_on = forms.DateField(
        label=_("Sign by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At the end of that day the document expires."),
        error_messages={"invalid": _("Choose a day from the calendar.")},
    )

    def clean_deadline_on(self) -> datetime | None:
        day = self.cleaned_data["deadline_on"]
        if day is None:
            return None
        end = datetime.combine(day, time(23, 59, 59), timezone.get_current_timezone())
        if end < timezone.now() - timedelta(days=1):
            raise forms.ValidationError(_("This day is over already. Choose a later one."))
        return end

    def description(self, envelope: Envelope) -> Description:
        """Return what was typed; the amount stays as it is."""
        return Description(
            self.cleaned_data["title"],
            message=self.cleaned_data["message"],
            deadline_at=self.cleaned_data["deadline_on"],
            amount=envelope.amount,
            currency=envelope.currency,
        )


def initial_parties(
    envelope: Envelope, parties: list[Party], *, client: str = ""
) -> dict[str, object]:
    """Return what was chosen so far; nobody yet means the client with whom this began."""
    ours, theirs = pair_of(parties)
    return {
        "company": envelope.company_id,
        "signer": ours.employee_id if ours else None,
        "client": (theirs and theirs.contact_id) or client or None,
        "link_channel": theirs.link_channel if theirs else Channel.SMS,
        "code_channel": theirs.code_channel if theirs else Channel.SMS,
    }


def initial_description(envelope: Envelope) -> dict[str, object]:
    """Return what was written so far."""
    day = timezone.localdate(envelope.deadline_at) if envelope.deadline_at else None
    return {"title": envelope.title, "message": envelope.message, "deadline_on": day}


def _choice(form: forms.Form, name: str) -> forms.ModelChoiceField[Any]:
    return cast("forms.ModelChoiceField[Any]", form.fields[name])
