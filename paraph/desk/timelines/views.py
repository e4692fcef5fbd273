"""Timelines as pages of their own: one kind of what happened, or what was longer ago."""

from django.http import HttpResponse
from django.shortcuts import render

from paraph.people.access import signed_in
from paraph.people.http import Request

from .stories import story_of


@signed_in
def story(request: Request, noun: str, pk: int) -> HttpResponse:
    """Show what happened around a row that one sees, page by page."""
    kind, cursor = request.GET.get("kind", ""), request.GET.get("cursor")
    found = story_of(request, noun, pk, kind=kind, cursor=cursor)
    part = "#story" if request.htmx else ""
    return render(request, f"desk/timelines/story.html{part}", {"story": found})
