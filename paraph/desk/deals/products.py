"""The product rows of a deal: added, ordered and taken away before they are saved.

Every button sends all rows as they were typed and gets them back changed, so the page works
without script; only *Save* writes.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from paraph.desk.money import money
from paraph.kit.errors import Refused
from paraph.kit.numbers import whole_number
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales import rules
from paraph.sales.actions.products import write_rows
from paraph.sales.choices import ProductLine
from paraph.sales.models import Deal, ProductRow

from .forms import LineForm, lines_of, lines_typed
from .views import deal_of, frame_of

MOST_ROWS = 200


@allow(Section.CRM, Right.VIEW)
def products(request: Request, pk: int) -> HttpResponse:
    """Show the rows; take them as they were typed, and save them when that is asked."""
    deal = deal_of(request, pk, Right.EDIT if request.method == "POST" else Right.VIEW)
    if request.method != "POST":
        return _page(request, deal, _begun(deal))
    forms = lines_typed(request.POST, has_empty="save" not in request.POST)
    if "turn" in request.POST:
        return _page(request, deal, _turned(forms, request.POST["turn"], deal))
    if "save" not in request.POST:
        return _page(request, deal, forms, part="#totals")
    return _saved(request, deal, forms)


def _saved(request: Request, deal: Deal, forms: Sequence[LineForm]) -> HttpResponse:
    if not all([form.is_valid() for form in forms]):
        return _page(request, deal, forms, status=422)
    before = deal.amount
    try:
        lines = [form.line() for form in forms]
        write_rows(deal, lines, by=request.actor, at=request.received_at)
    except Refused as refused:
        return _page(request, deal, forms, status=422, problems=refused.reasons)
    messages.success(request, _told(deal, before))
    if request.htmx:
        there = reverse("deal-detail", args=[deal.pk])
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return redirect("deal-detail", deal.pk)


def _told(deal: Deal, before: Decimal | None) -> str:
    """Say what became of the amount as well: products decide it from here on."""
    if not before or before == deal.amount:
        return _("The products are saved.")
    return _("The products are saved. They come to %(now)s: the deal's %(before)s gave way.") % {
        "now": money(deal.amount, deal.currency),
        "before": money(before, deal.currency),
    }


def _begun(deal: Deal) -> list[LineForm]:
    """Return the rows there are; an empty one to begin with where there are none."""
    return lines_of(list(deal.rows.all())) or [_empty(0, deal)]


def _turned(forms: list[LineForm], turn: str, deal: Deal) -> list[LineForm]:
    """Return the rows with one added, taken away or moved: ``add``, ``remove-2``, ``up-2``."""
    what, _dash, number = turn.partition("-")
    at = whole_number(number)
    if at is not None and at >= len(forms):
        at = None
    typed = [form.data for form in forms]
    if what == "add" and len(typed) < MOST_ROWS:
        typed.append(_next_row(typed, deal))
    elif at is not None and what == "remove":
        del typed[at]
    elif at is not None and what in {"up", "down"}:
        to = min(max(at + (1 if what == "down" else -1), 0), len(typed) - 1)
        typed.insert(to, typed.pop(at))
    turned = [_again(row, number) for number, row in enumerate(typed)] or [_empty(0, deal)]
    if what == "add":
        turned[-1].fields["name"].widget.attrs["autofocus"] = True
    return turned


def _again(row: Any, number: int) -> LineForm:
    """Return a row as it was typed, not judged yet."""
    return LineForm(initial=row, auto_id=f"row-{number}-%s")


def _next_row(typed: Sequence[Any], deal: Deal) -> dict[str, str]:
    """Return an empty row, taxed like the last one."""
    rate = typed[-1]["tax_rate"] if typed else _usual_rate(deal)
    return {"quantity": "1", "tax_rate": rate}


def _empty(number: int, deal: Deal) -> LineForm:
    return _again(_next_row((), deal), number)


def _usual_rate(deal: Deal) -> str:
    """Return the rate of the last row that the company sold in this currency."""
    rows = ProductRow.objects.filter(deal__currency=deal.currency, deal__company=deal.company_id)
    rate = rows.order_by("-id").values_list("tax_rate", flat=True).first()
    return f"{rate.normalize():f}" if rate else ""


def _page(
    request: Request,
    deal: Deal,
    forms: Sequence[LineForm],
    *,
    status: int = 200,
    problems: Sequence[str] = (),
    part: str = "",
) -> HttpResponse:
    typed = [_as_typed(form) for form in forms]
    found = rules.totals([line for line, _unclear in typed], deal.currency)
    unclear = [why for _line, why in typed]
    context = frame_of(request, deal) | {
        "tab": "products",
        "rows": list(zip(forms, found.nets, unclear, strict=True)),
        "totals": found,
        "problems": problems,
        "is_part": bool(part),
    }
    wanted = (part or "#editor") if request.htmx else ""
    return render(request, f"desk/deals/products.html{wanted}", context, status=status)


def _as_typed(form: LineForm) -> tuple[ProductLine, str]:
    """Return a row as far as it makes sense, so that totals follow while one types.

    Beside it stands why a number in it makes none; an empty one only is not there yet.
    """
    given = {name: form[name].value() or "" for name in form.fields}
    shown = LineForm(given)
    shown.is_valid()
    names = ("quantity", "price", "discount", "tax_rate")
    numbers = {name: shown.cleaned_data.get(name, Decimal(0)) for name in names}
    unclear = [str(shown.errors[it][0]) for it in names if given[it] and it in shown.errors]
    if unclear:
        numbers = dict.fromkeys(names, Decimal(0))
    return ProductLine("", **numbers), " ".join(unclear)
