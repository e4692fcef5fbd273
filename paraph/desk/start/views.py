"""The first page after signing in."""

from django.http import HttpResponse
from django.shortcuts import render

from paraph.people.access import signed_in
from paraph.people.http import Request


@signed_in
def start(request: Request) -> HttpResponse:
    """Tell a newcomer what to try, and everybody what waits for them."""
    return render(request, "desk/start/start.html")
