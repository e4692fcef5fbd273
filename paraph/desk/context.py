"""What the frame of every desk page shows: the navigation, the way to sign, the trial's mark."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from paraph.people.access import Can
from paraph.people.models import Employee, Installation
from paraph.signing import queries


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    active: bool
    count: int | None = None
    at_end: bool = False
    short: str = ""  # for the bar of a phone, where the label is too long


def frame(request: HttpRequest) -> dict[str, object]:
    """Offer the frame's content to the pages of people who are signed in."""
    person = request.user
    if not isinstance(person, Employee):
        return {}
    is_trial = Installation.here().is_trial
    return {
        "navigation": list(_navigation(request, person, is_trial=is_trial)),
        "new_url": reverse("envelope-new") if Can(request)["send_documents"] else "",
        "trial": is_trial,
    }


def _navigation(request: HttpRequest, person: Employee, *, is_trial: bool) -> Iterator[Item]:
    can = Can(request)
    waiting = queries.waiting_for(person).count()
    yield _item(request, _("Start"), "start", "home", count=waiting or None)
    if can["view_documents"]:
        yield _item(
            request, _("Sign and manage"), "envelope-list", "writing-sign", short=_("Documents")
        )
        yield _item(request, _("Board"), "board", "layout-kanban")
    if can["view_contacts"]:
        yield _item(request, _("Contacts"), "contact-list", "address-book")
    if can["view_documents"]:
        yield _item(request, _("Files"), "document-list", "files")
    if can["view_crm"]:
        yield _item(request, _("Companies"), "company-list", "building")
        yield _item(request, _("My company"), "company-ours", "building-community", at_end=True)
    if is_trial and can["view_settings"]:
        yield _item(request, _("Mailbox"), "mailbox", "mailbox", at_end=True)
    if can["view_settings"]:
        yield _item(request, _("Connections"), "connections", "plug", at_end=True)


# ``more`` are the optional fields of Item, hence Any.
def _item(request: HttpRequest, label: str, name: str, icon: str, **more: Any) -> Item:
    url = reverse(name)
    active = request.path == url if url == "/" else request.path.startswith(url)
    return Item(label, url, icon, active, **more)
