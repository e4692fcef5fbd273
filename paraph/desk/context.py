"""What the frame of every desk page shows: the navigation, the way to sign, the trial's mark."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from paraph.batches.models import Batch
from paraph.desk.addresses import page_at
from paraph.desk.attention.remedies import count_of
from paraph.kit.prepared import Prepared, given
from paraph.people.access import Can
from paraph.people.models import Employee, Installation
from paraph.signing import queries


@dataclass(frozen=True)
class Item:
    """One entry of the navigation; ``name`` is its address's name in ``urls.py``."""

    name: str
    label: str
    icon: str
    count: int | str | None = None
    """What needs attention there; words where the number is filled in later."""
    at_end: bool = False

    @property
    def url(self) -> str:
        return page_at(self.name)


_RUNNING = Prepared(
    lambda: Batch.objects.visible_to(given("owner")).open().order_by().values_list("pk")
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Offer the frame's content to the pages of people who are signed in."""
    person = getattr(request, "user", None)  # a foreign host is refused before anybody is known
    if not isinstance(person, Employee):
        return {}
    is_trial = Installation.here().is_trial
    navigation = list(_navigation(request, person, is_trial=is_trial))
    return {
        "navigation": navigation,
        "here": _here(request.path, navigation),
        "new_url": page_at("envelope-new") if Can(request)["send_documents"] else "",
        "trial": is_trial,
    }


def _navigation(request: HttpRequest, person: Employee, *, is_trial: bool) -> Iterator[Item]:
    can = Can(request)
    needing = count_of(person, at=timezone.now()) if can["view_documents"] else 0
    waiting = queries.number_waiting_for(person)
    yield from _daily(can, waiting=waiting, needing=needing)
    if running := _RUNNING.count(owner=person.pk):
        yield Item("batch-list", _("Background work"), "progress", count=running, at_end=True)
    yield from _at_end(can, is_trial=is_trial)


def _daily(can: Can, *, waiting: int, needing: int) -> Iterator[Item]:
    """What people come for every day."""
    yield Item("start", _("Start"), "home")
    if waiting or can["sign_documents"]:
        yield Item("stack", _("To sign"), "signature", count=waiting or None)
    if can["view_documents"]:
        yield Item("envelope-list", _("Sign and manage"), "writing-sign", count=needing or None)
        yield Item("board", _("Board"), "layout-kanban", count=needing or None)
    if can["view_monitoring"]:
        yield Item("team", _("Team"), "chart-bar")
    if can["view_contacts"] or can["view_crm"]:
        yield Item("contact-list", _("Contacts"), "address-book")
    if can["view_crm"]:
        yield Item("deal-board", _("Deals"), "briefcase")
    if can["view_campaigns"]:
        yield Item("campaign-list", _("Campaigns"), "speakerphone")
    yield from _kept(can)


def _kept(can: Can) -> Iterator[Item]:
    """What lies there and is looked up."""
    if can["view_documents"]:
        yield Item("document-list", _("Files"), "files")
    if can["view_vault"]:
        yield Item("vault", _("Vault"), "archive")
    if can["view_crm"]:
        yield Item("company-list", _("Companies"), "building")


def _at_end(can: Can, *, is_trial: bool) -> Iterator[Item]:
    """What is arranged once and looked at now and then."""
    if can["view_access"]:
        yield Item("employee-list", _("People"), "users", at_end=True)
        yield Item("access", _("Access permissions"), "lock-access", at_end=True)
    if can["view_templates"]:
        yield Item("template-list", _("Templates"), "template", at_end=True)
    if can["view_crm"]:
        yield Item("company-ours", _("My company"), "building-community", at_end=True)
    if can["view_settings"]:
        if is_trial:
            yield Item("mailbox", _("Mailbox"), "mailbox", at_end=True)
        yield Item("connections", _("Connections"), "plug", at_end=True)
        yield Item("keys", _("Keys and trust"), "certificate", at_end=True)


def _here(path: str, navigation: list[Item]) -> str:
    """Name the entry this page lies under; a page that knows better says so in its context."""
    start = page_at("start")
    over = [item for item in navigation if path.startswith(item.url)]
    nearest = max(over, key=lambda item: len(item.url), default=None)
    return nearest.name if nearest and (nearest.url != start or path == start) else ""
