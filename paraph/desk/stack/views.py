"""Choosing what to sign, the one code for it, and what became of each document."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import ceil

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.desk.money import money
from paraph.kit import files
from paraph.kit.errors import Refused
from paraph.kit.numbers import whole_number
from paraph.people.access import signed_in
from paraph.people.http import Request, address_of
from paraph.signing import codes, pictures, rules, stacks
from paraph.signing.actions import stacking
from paraph.signing.actions.stacking import Given
from paraph.signing.choices import Origin
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Stack
from paraph.signing.passkeys import options_of
from paraph.signing.proofs import has_app, has_own, has_passkey
from paraph.signing.refusals import CannotStack, CodeTooSoon
from paraph.signing.stacks import Waiting
from paraph.signing.terms import terms_of_stack

LEFT_OUT = "stack-left-out"  # what somebody put aside stays aside while they read on
WORKING = {PartyStatus.PROVEN, PartyStatus.SIGNING}


@signed_in
def waiting(request: Request) -> HttpResponse:
    """Show everything that waits for one's signature; the chosen ones go on to the code."""
    items = stacks.waiting_for(request.user, at=request.received_at)
    if request.method != "POST":
        return _shown(request, items)
    named = {whole_number(text) for text in request.POST.getlist("party")}
    request.session[LEFT_OUT] = [it.party.pk for it in items if it.party.pk not in named]
    if to_read := whole_number(request.POST.get("read", "")):
        return redirect("stack-read", to_read)
    chosen = [item.party for item in items if item.party.pk in named and item.can_be_stacked]
    try:
        stack = stacking.open_stack(request.user, parties=chosen, at=request.received_at)
    except CannotStack as refused:
        return _shown(request, items, problem=" ".join(refused.reasons))
    if not has_own(request.user):
        _send_code(request, stack)
    return redirect("stack-sign", stack.pk)


@signed_in
def sign(request: Request, pk: int) -> HttpResponse:
    """Take the code and what is still to be filled in, and sign everything that was chosen."""
    stack = _mine(request, pk)
    if stack.signed_at:
        return redirect("stack-progress", pk)
    items = stacks.waiting_in(stack, at=request.received_at)
    if request.method != "POST":
        return _asked(request, stack, items)
    problems = _problems(request, items)
    if not problems:
        try:
            return _signed(request, stack, items)
        except Refused as refused:
            problems = {"code": " ".join(refused.reasons)}
    return _asked(request, stack, items, problems=problems)


@require_POST
@signed_in
def code(request: Request, pk: int) -> HttpResponse:
    """Send another code for the same documents."""
    stack = _mine(request, pk)
    stacking.request_stack_code(stack, origin=_origin(request), at=request.received_at)
    return redirect("stack-sign", pk)


@require_POST
@signed_in
def passkey(request: Request, pk: int) -> HttpResponse:
    """Answer the island that asks the browser for a passkey of the account."""
    stack = _mine(request, pk)
    code = stacking.ask_for_stack_passkey(stack, at=request.received_at)
    return JsonResponse(dict(options_of(code, person=request.user)))


@signed_in
def progress(request: Request, pk: int) -> HttpResponse:
    """Show what became of each document: being sealed, signed, or not, and why."""
    stack = _mine(request, pk)
    if not stack.signed_at:
        return redirect("stack-sign", pk)
    items = stacks.items_of(stack)
    for item in items:
        if stacks.interrupted(item, at=request.received_at):
            item.refusal = _("This was interrupted before it was signed. Choose it again.")
    context = {
        "stack": stack,
        "items": items,
        "signed": sum(item.party.has_signed for item in items),
        "refused": sum(bool(item.refusal) for item in items),
        "is_working": any(item.party.status in WORKING and not item.refusal for item in items),
        "here": "stack",
    }
    part = "#outcome" if request.htmx else ""
    return render(request, f"desk/stack/progress.html{part}", context)


def _shown(request: HttpRequest, items: list[Waiting], *, problem: str = "") -> HttpResponse:
    context = {"items": items, "sums": _sums(items), "problem": problem, "here": "stack"}
    context["left_out"] = request.session.get(LEFT_OUT, [])
    return render(request, "desk/stack/waiting.html", context, status=422 if problem else 200)


def _asked(
    request: Request,
    stack: Stack,
    items: list[Waiting],
    *,
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    last = stack.codes.sent().first()
    pause = last.created_at + codes.CODE_PAUSE - request.received_at if last else None
    context = {
        "stack": stack,
        "items": items,
        "sums": _sums(items),
        "to_write": [place for item in items for place in item.to_write],
        "typed": request.POST.get("typed", request.user.name),
        "terms": terms_of_stack(request.user),
        "problems": problems or {},
        "form": request.POST,
        "is_sent": last is not None,
        "has_app": has_app(request.user),
        "has_passkey": has_passkey(request.user),
        "may_send": stacks.is_for_mail(stack),
        "wait_seconds": max(0, ceil(pause.total_seconds())) if pause else 0,
        "here": "stack",
    }
    return render(request, "desk/stack/sign.html", context, status=422 if problems else 200)


def _problems(request: Request, items: list[Waiting]) -> dict[str, str]:
    """Say what is missing or wrong before the code is tried: it counts only once."""
    problems = {}
    for place in (place for item in items for place in item.to_type):
        value = request.POST.get(f"field-{place.pk}", place.value).strip()
        if reason := rules.obstacle_to_value(place, value):
            problems[f"field-{place.pk}"] = reason
        elif place.is_required and not value:
            problems[f"field-{place.pk}"] = _("This is still missing.")
    if any(item.to_write for item in items) and not request.POST.get("typed", "").strip():
        problems["typed"] = _("Type your name: it is written into the places.")
    if request.POST.get("agree") != "yes":
        problems["agree"] = _("Tick this box to sign.")
    return problems


def _signed(request: Request, stack: Stack, items: list[Waiting]) -> HttpResponse:
    origin, at = _origin(request), request.received_at
    given = _given(request, items)
    sessions = stacking.enter_stack_code(
        stack,
        digits=request.POST.get("digits", ""),
        proof=request.POST.get("proof", ""),
        origin=origin,
        at=at,
    )
    stacking.sign_each(sessions, given=given, origin=origin, at=at)
    return redirect("stack-progress", stack.pk)


def _given(request: Request, items: list[Waiting]) -> Given:
    """Return what the form gives; of each document, the very bytes that the page showed."""
    hand = request.POST.get("typed", "").strip()
    is_wanted = any(item.to_write for item in items)
    return Given(
        terms=terms_of_stack(request.user),
        shown={
            item.party.pk: {
                pk: request.POST.get(f"shown-{item.party.pk}-{pk}", "") for pk in item.shown
            }
            for item in items
        },
        values={
            place.pk: request.POST[f"field-{place.pk}"].strip()
            for item in items
            for place in item.to_type
            if f"field-{place.pk}" in request.POST
        },
        picture=files.put(pictures.written(hand)) if hand and is_wanted else "",
    )


def _send_code(request: Request, stack: Stack) -> None:
    """Send the code at once; if one has just been sent, the page says when another may be."""
    try:
        stacking.request_stack_code(stack, origin=_origin(request), at=request.received_at)
    except CodeTooSoon as refused:
        messages.warning(request, str(refused))


def _mine(request: Request, pk: int) -> Stack:
    return get_object_or_404(
        Stack.objects.select_related("employee"), pk=pk, employee=request.user
    )


def _origin(request: Request) -> Origin:
    return Origin(ip=address_of(request), user_agent=request.headers.get("User-Agent", ""))


def _sums(items: list[Waiting]) -> list[str]:
    """Return the amounts of all documents, one sum a currency."""
    totals: dict[str, Decimal] = {}
    for item in items:
        envelope = item.party.envelope
        if envelope.amount is not None:
            totals[envelope.currency] = totals.get(envelope.currency, Decimal()) + envelope.amount
    return [money(amount, currency) for currency, amount in sorted(totals.items())]
