"""Duplicates found by a scan: looked through, merged, or told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.batches.actions import advance_batch, begin_batch, start_batch
from paraph.batches.models import Batch, BatchState
from paraph.contacts import scanning
from paraph.contacts.actions.telling_apart import tell_apart
from paraph.contacts.duplicates import Reason
from paraph.contacts.models import Contact, Duplicate
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

AT_ONCE = 5000
PAGE_SIZE = 20
MOST_SHOWN = 12


@dataclass(frozen=True)
class Group:
    """Contacts that are likely one person, and what speaks for it."""

    number: int
    contacts: list[Contact]
    reasons: list[str]

    @property
    def ids(self) -> str:
        return ",".join(str(contact.pk) for contact in self.contacts)


@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def duplicates(request: Request) -> HttpResponse:
    """Show what the person's newest scan has found, or how far it is."""
    scan = Batch.objects.visible_to(request.user).filter(kind=scanning.KIND).first()
    after = request.GET.get("after", "")
    numbers = _numbers(scan, after=int(after) if after.isdecimal() else 0)
    context = {
        "scan": scan,
        "is_open": bool(scan and scan.is_open),
        "has_failed": bool(scan and scan.state == BatchState.FAILED),
        "groups": _groups(request, scan, numbers[:PAGE_SIZE]) if scan else [],
        "next": f"?after={numbers[PAGE_SIZE - 1]}" if len(numbers) > PAGE_SIZE else "",
        "previous": "?" if after else "",
    }
    part = "#found" if request.htmx else ""
    return render(request, f"desk/contacts/duplicates.html{part}", context)


@require_POST
@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def scan(request: Request) -> HttpResponse:
    """Look for duplicates in everything the person sees; a large directory in the background."""
    total = Contact.objects.visible_to(request.user).count()
    begin = begin_batch if total <= AT_ONCE else start_batch
    batch = begin(scanning.KIND, given={}, total=total, owner=request.user, at=request.received_at)
    if total > AT_ONCE:
        messages.success(request, _("It goes on in the background. A letter tells you the end."))
    else:
        while advance_batch(batch, at=request.received_at):
            pass
    return redirect("contact-duplicates")


@require_POST
@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def apart(request: Request) -> HttpResponse:
    """Remember that the contacts of a group are different people."""
    numbers = [it for it in request.POST.get("ids", "").split(",") if it.isdecimal()]
    rows = Contact.objects.visible_to(request.user, Right.EDIT).filter(pk__in=numbers)
    tell_apart(list(rows), by=request.actor, at=request.received_at)
    messages.success(request, _("They will not be shown together again."))
    return redirect("contact-duplicates")


def _numbers(scan: Batch | None, *, after: int) -> list[int]:
    """Return the numbers of the next groups that still have two members."""
    rows = Duplicate.objects.filter(batch=scan, group__gt=after).values("group")
    there = rows.filter(number__in=Contact.objects.values("pk"))
    several = there.annotate(members=Count("pk")).filter(members__gt=1)
    return list(several.order_by("group").values_list("group", flat=True)[: PAGE_SIZE + 1])


def _groups(request: Request, scan: Batch, numbers: Sequence[int]) -> list[Group]:
    """Return the groups as far as the person may edit their contacts now."""
    members = list(Duplicate.objects.filter(batch=scan, group__in=numbers).order_by("number"))
    rows = Contact.objects.visible_to(request.user, Right.EDIT).select_related(
        "company", "responsible"
    )
    contacts = rows.in_bulk([member.number for member in members])
    groups = []
    for number in numbers:
        mine = [it for it in members if it.group == number and it.number in contacts]
        reasons = dict.fromkeys(reason for member in mine for reason in member.reasons)
        shown = [contacts[member.number] for member in mine[:MOST_SHOWN]]
        if len(shown) > 1:
            groups.append(Group(number, shown, [str(Reason(it).label) for it in reasons]))
    return groups
