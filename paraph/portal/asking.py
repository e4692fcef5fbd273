"""What somebody may do instead of signing: ask a question, hand over, or say who signs next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.contacts.queries import typed_phone
from paraph.contacts.rules import NotAPhone
from paraph.kit.errors import Refused
from paraph.people.http import Request
from paraph.signing import queries, rules
from paraph.signing.actions import asking, replacing
from paraph.signing.choices import Successor
from paraph.signing.models import Channel, Party

from .link import behind_link, frame, origin_of, session_of


class SuccessorForm(forms.Form):
    """Whom somebody names: a name and an e-mail address."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    phone = forms.CharField(label=gettext_lazy("Mobile phone, for the code"), max_length=40)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    reason = forms.CharField(
        label=gettext_lazy("Why? The sender reads it."), max_length=500, required=False
    )

    def __init__(self, *args: Any, place: Party, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": place.language}
        super().__init__(*args, **kwargs)
        if place.code_channel != Channel.SMS:
            del self.fields["phone"]

    def clean_phone(self) -> str:
        """Return the number as we keep it, however it was typed."""
        try:
            return typed_phone(self.cleaned_data["phone"])
        except NotAPhone as problem:
            raise forms.ValidationError(str(problem)) from problem

    def successor(self) -> Successor:
        """Return whom the form names."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return Successor(**typed)


@behind_link
def ask(request: Request, token: str) -> HttpResponse:
    """Take a question for the sender, and show those asked before with their answers."""
    session = session_of(request, token)
    party, text, problem = session.link.party, request.POST.get("text", ""), ""
    if request.method == "POST":
        try:
            asking.ask_question(session, text=text, at=request.received_at)
        except Refused as refused:
            problem = " ".join(refused.reasons)
        else:
            messages.success(request, _("Your question is on its way. We write you the answer."))
            return redirect("signing-desk", token)
    context = frame(party, token) | {"text": text, "problem": problem}
    context["questions"] = party.questions.all()
    return render(request, "portal/ask.html", context, status=422 if problem else 200)


@behind_link
def hand_over(request: Request, token: str) -> HttpResponse:
    """Have a colleague sign instead, where the sender allows it."""
    session = session_of(request, token)
    party = session.link.party
    obstacles = rules.obstacles_to_handing_over(party, party.envelope)
    form = SuccessorForm(request.POST or None, place=party)
    if form.is_valid() and not obstacles:
        try:
            replacing.hand_over(
                session,
                successor=form.successor(),
                reason=form.cleaned_data["reason"],
                origin=origin_of(request),
                at=request.received_at,
            )
            return redirect("signing-done", token)
        except Refused as refused:
            form.add_error(None, "\n".join(refused.reasons))
    context = frame(party, token) | {"form": form, "obstacles": obstacles}
    status = 422 if form.errors else 200
    return render(request, "portal/hand_over.html", context, status=status)


@behind_link
def name_next(request: Request, token: str, pk: int) -> HttpResponse:
    """Say who signs after oneself, where the sender left it open."""
    session = session_of(request, token)
    party = session.link.party
    open_places = rules.to_be_named_by(party, queries.parties_of(party.envelope))
    place = next((one for one in open_places if one.pk == pk), None)
    if place is None:
        raise Http404
    form = SuccessorForm(request.POST or None, place=place)
    del form.fields["reason"]
    if form.is_valid():
        try:
            replacing.nominate(
                session,
                party=place,
                successor=form.successor(),
                origin=origin_of(request),
                at=request.received_at,
            )
            return redirect("signing-desk", token)
        except Refused as refused:
            form.add_error(None, "\n".join(refused.reasons))
    context = frame(party, token) | {"form": form, "is_next": True, "obstacles": []}
    status = 422 if form.errors else 200
    return render(request, "portal/hand_over.html", context, status=status)
