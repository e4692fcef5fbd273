"""The sender's levers while it travels: who acts, how they are reached, until when, and again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.kit.errors import Refused
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import rules
from paraph.signing.actions.arranging import change_reminders
from paraph.signing.actions.asking import answer_question
from paraph.signing.actions.correcting import correct_envelope, correct_party, withdraw_intent
from paraph.signing.actions.following import extend_deadline, remind_everybody
from paraph.signing.actions.replacing import replace_party
from paraph.signing.models import Party, Question

from .following import envelope_to_steer, party_to_steer
from .lever_forms import ColleagueForm, OutsiderForm, ReachForm, TimeForm

WITH_BODY = 422


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def remind_all(request: Request, pk: int) -> HttpResponse:
    """Write again to everybody whose turn it is."""
    envelope = envelope_to_steer(request, pk)
    reminded = remind_everybody(envelope, by=request.actor, at=request.received_at)
    names = ", ".join(party.name for party in reminded)
    messages.success(request, _("Reminded: %s.") % names)
    return redirect("envelope-detail", pk)


@allow(Section.DOCUMENTS, Right.SEND)
def correct_reach(request: Request, pk: int, party: int) -> HttpResponse:
    """Change the address or the channel of a party; a new link goes there at once."""
    changed = party_to_steer(request, pk, party)
    form = ReachForm(request.POST or None, party=changed)
    if request.method == "POST" and form.is_valid():
        try:
            correct_party(changed, reach=form.reach(), by=request.actor, at=request.received_at)
        except Refused as refusal:
            return _page(request, "reach.html", changed, form=form, refusal=refusal)
        messages.success(request, _("Kept. The way to %s is changed.") % changed.name)
        return redirect("envelope-detail", pk)
    return _page(request, "reach.html", changed, form=form)


@allow(Section.DOCUMENTS, Right.SEND)
def replace(request: Request, pk: int, party: int) -> HttpResponse:
    """Have somebody else act in a party's place."""
    replaced = party_to_steer(request, pk, party)
    kind = ColleagueForm if replaced.is_ours else OutsiderForm
    form = kind(request.POST or None, party=replaced)
    if request.method == "POST" and form.is_valid():
        try:
            following = replace_party(
                replaced,
                successor=form.successor(person=request.user),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            return _page(request, "replace.html", replaced, form=form, refusal=refusal)
        said = _("%(new)s acts instead of %(old)s.")
        messages.success(request, said % {"new": following.name, "old": replaced.name})
        return redirect("envelope-detail", pk)
    return _page(request, "replace.html", replaced, form=form)


@allow(Section.DOCUMENTS, Right.SEND)
def more_time(request: Request, pk: int) -> HttpResponse:
    """Move the deadline, and say how often parties are reminded by themselves."""
    envelope = envelope_to_steer(request, pk)
    form = TimeForm(request.POST) if request.method == "POST" else TimeForm.of(envelope)
    refusal = None
    if form.is_valid():
        try:
            by, at = request.actor, request.received_at
            if form.deadline() != envelope.deadline_at:
                extend_deadline(envelope, deadline_at=form.deadline(), by=by, at=at)
            change_reminders(envelope, policy=form.policy(), by=by, at=at)
            messages.success(request, _("Kept."))
            return redirect("envelope-detail", pk)
        except Refused as problem:
            refusal = problem
    context = {"envelope": envelope, "form": form, "refusal": refusal}
    status = WITH_BODY if refusal or form.errors else 200
    return render(request, "desk/envelopes/time.html", context, status=status)


@allow(Section.DOCUMENTS, Right.SEND)
def correct(request: Request, pk: int) -> HttpResponse:
    """Ask first; then call the envelope back and prepare a corrected one."""
    envelope = envelope_to_steer(request, pk)
    if request.method == "POST":
        draft = correct_envelope(
            envelope,
            reason=request.POST.get("reason", ""),
            responsible=request.user,
            by=request.actor,
            at=request.received_at,
        )
        messages.success(request, _("Called back. Correct what is wrong here, then send again."))
        return redirect("envelope-parties", draft.pk)
    context = {
        "envelope": envelope,
        "title": _("Correct “%s” and send it again?") % envelope.title,
        "text": _("It is called back: what was signed so far does not count, and everybody who "
                  "was asked is told. You get a draft with the same people and fields."),
        "label": _("Call back and correct"),
    }  # fmt: skip
    return render(request, "desk/envelopes/ending.html", context)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def withdraw(request: Request, pk: int, party: int) -> HttpResponse:
    """Give up an attempt to seal that does not succeed, so that the party can sign again."""
    stuck = party_to_steer(request, pk, party)
    withdraw_intent(stuck, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is asked to sign once more.") % stuck.name)
    return redirect("envelope-detail", pk)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def answer(request: Request, pk: int, question: int) -> HttpResponse:
    """Answer a party's question; the answer goes to them with a link to the document."""
    envelope = envelope_to_steer(request, pk)
    rows = Question.objects.filter(party__envelope=envelope).select_related("party__envelope")
    asked = get_object_or_404(rows, pk=question)
    text = request.POST.get("answer", "")
    answer_question(asked, text=text, by=request.user, at=request.received_at)
    messages.success(request, _("Your answer is on its way to %s.") % asked.party.name)
    return redirect("envelope-detail", pk)


def _page(
    request: Request, name: str, party: Party, *, form: object, refusal: Refused | None = None
) -> HttpResponse:
    context = {
        "envelope": party.envelope,
        "party": party,
        "form": form,
        "refusal": refusal,
        "obstacles": rules.obstacles_to_changing(party, party.envelope),
    }
    has_errors = refusal is not None or bool(getattr(form, "errors", None))
    status = WITH_BODY if has_errors else 200
    return render(request, f"desk/envelopes/{name}", context, status=status)
