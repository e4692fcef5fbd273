"""Step 2 beyond the plain two: further people, who acts after whom, and requisites on the spot."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from paraph.contacts.actions.companies import edit_company
from paraph.contacts.models import Company, Contact
from paraph.contacts.queries import suggestions
from paraph.desk.companies.forms import CompanyForm, initial_of
from paraph.kit.numbers import key_of_row
from paraph.people.access import Right, Section, allow
from paraph.people.choices import colleagues_named
from paraph.people.http import Request
from paraph.people.models import Employee
from paraph.signing import queries
from paraph.signing.actions.arranging import arrange
from paraph.signing.actions.seating import add_party, change_party, order_parties, remove_party
from paraph.signing.choices import PartyChoice, Reach
from paraph.signing.models import Channel, Envelope, Party, PartyRole, Proof
from paraph.signing.refusals import CannotChoose
from paraph.signing.seating import Move, groups_of, moved

from . import wizard

CONTACT, EMPLOYEE = "contact", "employee"
MOST_SHOWN = 8


class PersonForm(forms.Form):
    """One more person: a contact or somebody of ours, and what is asked of them."""

    is_open = forms.BooleanField(
        label=gettext_lazy("Not known yet: whoever signs before says who it is"), required=False
    )
    person = forms.CharField(widget=forms.HiddenInput, required=False)
    person_text = forms.CharField(label=gettext_lazy("Person"), required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("What is asked"), choices=PartyRole.choices, initial=PartyRole.SIGNER
    )

    def __init__(self, *args: Any, viewer: Employee, **kwargs: Any) -> None:
        """The people that ``viewer`` may see can be chosen."""
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_person(self) -> PartyChoice:
        if self.cleaned_data.get("is_open"):
            if self.cleaned_data["person"]:
                raise forms.ValidationError(_("Choose somebody, or leave it open: not both."))
            return PartyChoice()
        side, _dash, pk = self.cleaned_data["person"].partition("-")
        if side == EMPLOYEE:
            employee = Employee.objects.filter(is_active=True, pk=key_of_row(pk)).first()
            if employee is not None:
                return PartyChoice(employee=employee)
        contact = Contact.objects.visible_to(self.viewer).filter(pk=key_of_row(pk)).first()
        if side != CONTACT or contact is None:
            raise forms.ValidationError(_("Choose somebody out of the list."))
        channel = Channel.EMAIL if contact.email else Channel.SMS
        return PartyChoice(contact=contact, link_channel=channel, code_channel=channel)

    def choice(self) -> PartyChoice:
        """Return who was chosen, and for what."""
        chosen: PartyChoice = self.cleaned_data["person"]
        role = self.cleaned_data["role"]
        return PartyChoice(
            employee=chosen.employee,
            contact=chosen.contact,
            role=role,
            link_channel=chosen.link_channel,
            code_channel=chosen.code_channel,
        )


@allow(Section.DOCUMENTS, Right.SEND)
def add(request: Request, pk: int) -> HttpResponse:
    """Ask for one more person in a dialog, and seat them after all others."""
    envelope = wizard.draft_of(request, pk)
    form = PersonForm(request.POST or None, viewer=request.user)
    if form.is_valid():
        is_open = form.cleaned_data["is_open"]
        try:
            add_party(envelope, choice=form.choice(), by=request.actor, at=request.received_at)
        except CannotChoose as refused:
            form.add_error("is_open" if is_open else "person", refused.reasons)
        else:
            return _changed(request, envelope)
    part = "#dialog" if request.htmx else ""
    context = {"envelope": envelope, "form": form}
    status = 422 if form.errors else 200
    return render(request, f"desk/envelopes/add_person.html{part}", context, status=status)


@allow(Section.DOCUMENTS, Right.SEND)
def people(request: Request) -> HttpResponse:
    """Complete what somebody types into the field of a person: contacts, and colleagues."""
    text = request.GET.get("person_text", "").strip()
    ours = colleagues_named(text)[:MOST_SHOWN] if text else []
    options = [
        *({"id": f"{EMPLOYEE}-{pk}", "name": name, "more": email} for pk, name, email in ours),
        *(
            {"id": f"{CONTACT}-{it.pk}", "name": it.name, "more": _about(it)}
            for it in (suggestions(request.user, search=text) if text else [])
        ),
    ]
    context = {"options": options[:MOST_SHOWN], "text": text}
    return render(request, "desk/deals/options.html", context)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def remove(request: Request, pk: int, party: int) -> HttpResponse:
    """Take somebody out of the draft."""
    envelope = wizard.draft_of(request, pk)
    remove_party(_seat(envelope, party), by=request.actor, at=request.received_at)
    return _order(request, envelope)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def change(request: Request, pk: int, party: int) -> HttpResponse:
    """Say what is asked of somebody, and how they are reached; kept with every choice."""
    envelope = wizard.draft_of(request, pk)
    seat = _seat(envelope, party)
    asked = {name: request.POST.get(name, getattr(seat, name)) for name in _REACHED}
    role, language = asked.pop("role"), asked.pop("chosen_language")
    reach = Reach(language=language, **asked)
    change_party(seat, role=role, reach=reach, by=request.actor, at=request.received_at)
    return _order(request, envelope)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def move(request: Request, pk: int, party: int) -> HttpResponse:
    """Let somebody act earlier, later, or together with those before."""
    envelope = wizard.draft_of(request, pk)
    seat = _seat(envelope, party)
    if (way := request.POST.get("move", "")) in list(Move):
        groups = moved(groups_of(queries.parties_of(envelope)), seat.pk, Move(way))
        order_parties(envelope, groups=groups)
    return _order(request, envelope)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def group(request: Request, pk: int) -> HttpResponse:
    """Say whether everybody of a group has to act, or any one of them."""
    envelope = wizard.draft_of(request, pk)
    needed: dict[int, int | None] = dict(queries.needed_of(envelope))
    if (number := key_of_row(request.POST.get("group", ""))) is not None:
        needed[number] = 1 if request.POST.get("needed") == "1" else None
    arrange(envelope, needed=needed, may_hand_over=envelope.may_hand_over)
    return _order(request, envelope)


@allow(Section.CRM, Right.EDIT)
def requisites(request: Request, pk: int, company: int) -> HttpResponse:
    """Edit a party's requisites in a dialog over the preparation."""
    envelope = wizard.draft_of(request, pk)
    rows = Company.objects.visible_to(request.user, Right.EDIT)
    row = get_object_or_404(rows, pk=company)
    form = _company_form(request, row)
    if form.is_valid():
        edit_company(row, form.requisites(), by=request.actor, at=request.received_at)
        return _changed(request, envelope)
    part = "#form" if "again" in request.POST else "#dialog" if request.htmx else ""
    context = {"envelope": envelope, "company": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, f"desk/envelopes/requisites.html{part}", context, status=status)


def order_context(envelope: Envelope) -> dict[str, object]:
    """Return who acts after whom, for the list and for the picture at the end."""
    parties = queries.parties_of(envelope)
    needed = queries.needed_of(envelope)
    rows: dict[int, list[Party]] = {}
    for party in parties:
        if party.role != PartyRole.COPY:
            rows.setdefault(party.group, []).append(party)
    return {
        "groups": [(number, needed.get(number), rows[number]) for number in sorted(rows)],
        "copies": [party for party in parties if party.role == PartyRole.COPY],
        "roles": PartyRole.choices,
        "channels": Channel.choices,
        "languages": settings.LANGUAGES,
        "proofs": [(way.value, way.label) for way in (Proof.EMAIL, Proof.SMS, Proof.ACCESS)],
    }


_REACHED = ("role", "link_channel", "code_channel", "chosen_language")


def _company_form(request: Request, company: Company) -> CompanyForm:
    """Return the form as it was typed; asked for another country's fields, not judged yet."""
    given = request.POST if request.method == "POST" else None
    country = given.get("country", company.country) if given else company.country
    initial: Any = initial_of(company)
    if given and "again" in given:
        given, initial = None, request.POST.dict()
    is_ours = company.is_ours
    return CompanyForm(given, initial=initial, is_ours=is_ours, country=country, kept=company)


def _seat(envelope: Envelope, pk: int) -> Party:
    return get_object_or_404(envelope.parties.select_related("envelope"), pk=pk)


def _about(contact: Contact) -> str:
    return " · ".join(
        filter(None, [contact.company.name if contact.company else "", contact.email])
    )


def _order(request: Request, envelope: Envelope) -> HttpResponse:
    if not request.htmx or request.GET.get("to") == "review":
        is_last = request.GET.get("to") == "review"
        return redirect("envelope-review" if is_last else "envelope-parties", envelope.pk)
    context = {"envelope": envelope} | order_context(envelope)
    return render(request, "desk/envelopes/order.html#order", context)


def _changed(request: Request, envelope: Envelope) -> HttpResponse:
    """Go back to the step; a dialog instead closes and tells the page to look again."""
    if not request.htmx:
        return redirect("envelope-parties", envelope.pk)
    news = {"parties-changed": True, "dialog-close": True}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})
