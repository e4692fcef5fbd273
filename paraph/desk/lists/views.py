"""The addresses of a list, made for any room: the page, its count, and how one arranges it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.views.decorators.http import require_POST

from paraph.people.access import Right
from paraph.people.actions.layouts import choose_columns, choose_order
from paraph.people.http import Request

from . import acting, presetting
from .asking import ask, layout_of, presets_of, query_of
from .filtering import fields_of
from .page import ListPage
from .rooms import Room

RoomView = Callable[..., HttpResponse]


def addresses(room: Room[Any]) -> list[URLPattern]:
    """Return the addresses of a room's list, each behind the room's guard."""

    def at(view: RoomView) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def here(request: Request, *args: object, **kwargs: object) -> HttpResponse:
            return view(request, room, *args, **kwargs)

        return room.guard(here)

    name = room.address
    return [
        path("", at(show), name=name),
        path("list/count/", at(count), name=f"{name}-count"),
        path("list/filters/", at(filters), name=f"{name}-filters"),
        path("list/columns/", at(columns), name=f"{name}-columns"),
        path("list/order/", at(order), name=f"{name}-order"),
        path("list/presets/", at(presetting.presets), name=f"{name}-presets"),
        path("list/act/<slug:action>/", at(acting.act), name=f"{name}-act"),
    ]


def some_addresses(room: Room[Any], *names: str) -> list[URLPattern]:
    """Return some of a room's addresses, for a page that is no list but narrows like one."""
    wanted = {f"{room.address}-{name}" for name in names}
    return [each for each in addresses(room) if each.name in wanted]


def show(request: Request, room: Room[Any]) -> HttpResponse:
    """Show the list; while somebody types, only its rows. It opens with the default preset."""
    question = ask(request, room)
    if not request.GET and not request.htmx:
        usual = [kept for kept in presets_of(request, question.listing) if kept.is_default]
        if usual and usual[0].criteria:
            return redirect(f"{reverse(room.address)}?{query_of(usual[0].criteria)}")
    page = ListPage(request, question)
    template = "desk/lists/rows.html" if request.htmx else room.template
    return render(request, template, {"list": page})


def count(request: Request, room: Room[Any]) -> HttpResponse:
    """Count to the end; the page asks for it when it has shown its rows."""
    question = ask(request, room)
    rows = room.rows(request.user, Right.VIEW)
    number = question.listing.narrow(rows, question.criteria).order_by().count()
    return HttpResponse(number_format(number, use_l10n=True, force_grouping=True))


def filters(request: Request, room: Room[Any]) -> HttpResponse:
    """Offer every filter, in a dialog or on a page of its own; it leads back to the list."""
    question = ask(request, room)
    context = {"question": question, "fields": list(fields_of(question, request.user))}
    return _over(request, "desk/lists/filters.html", context)


def columns(request: Request, room: Room[Any]) -> HttpResponse:
    """Choose and order the columns; or go back to the usual ones."""
    question = ask(request, room)
    if request.method == "POST":
        names = [] if "reset" in request.POST else request.POST.getlist("columns")
        names = _moved([name for name in names if question.listing.column(name)], request)
        choose_columns(request.user, listing=question.listing.name, columns=names)
        return redirect(question.address("columns" if "move" in request.POST else ""))
    chosen = list(question.columns)
    others = [each for each in question.listing.columns if each not in chosen]
    context = {"question": question, "chosen": chosen, "others": others}
    return _over(request, "desk/lists/columns.html", context)


@require_POST
def order(request: Request, room: Room[Any]) -> HttpResponse:
    """Sort the list by a column, and remember it."""
    question = ask(request, room)
    if (sort := request.POST.get("sort", "")) != question.listing.sort(sort):
        raise Http404
    choose_order(request.user, listing=layout_of(request, question.listing).listing, sort=sort)
    return redirect(question.address() if question.is_narrowed else f"{question.address()}?all=1")


def _moved(names: list[str], request: Request) -> list[str]:
    """Move one column a place up or down: ``move=-phone`` up, ``move=phone`` down."""
    move = request.POST.get("move", "")
    name = move.removeprefix("-")
    if name not in names:
        return names
    place = names.index(name) + (-1 if move.startswith("-") else 1)
    names.remove(name)
    names.insert(max(place, 0), name)
    return names


def _over(request: Request, template: str, context: dict[str, object]) -> HttpResponse:
    part = "#dialog" if request.htmx else ""
    return render(request, f"{template}{part}", context)
