"""The list of signed files: its room, and what can be done with many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.desk.addresses import opened, to
from paraph.desk.lists.cells import NOTHING
from paraph.desk.lists.rooms import Entry, GroupAction, Room
from paraph.desk.money import money
from paraph.people.access import Right, Section, allow
from paraph.vault.listing import vault_listing
from paraph.vault.models import SignedFile
from paraph.vault.passages import Passage, passages_in

from .forms import ChooseClass

EDIT = (Right.EDIT, (Section.VAULT,))
DELETE = (Right.DELETE, (Section.VAULT,))
EXPORT = (Right.EXPORT, (Section.VAULT,))


def _title(file: Any) -> SafeString:  # Any: a row that the manager has read, with is_held
    if not file.is_held:
        return format_html("{}", file.title)
    badge = '{} <span class="badge badge--warn">{}</span>'
    return format_html(badge, file.title, gettext("On hold"))


def _amount(file: SignedFile) -> SafeString:
    if not file.currency:
        return NOTHING
    return format_html("{}", money(file.amount, file.currency))


def _notes(rows: Sequence[SignedFile], text: str) -> Mapping[int, SafeString]:
    """Say under each title where the words stand, and lead to that page."""
    found, address = passages_in([row.pk for row in rows], text), opened(to("vault-detail"))
    return {row.pk: _note(address(row), found[row.pk]) for row in rows if row.pk in found}


def _note(address: str, passage: Passage) -> SafeString:
    pieces = (("mark" if it.is_marked else "span", escape(it.text)) for it in passage.pieces)
    parts = "".join(f"<{tag}>{text}</{tag}>" for tag, text in pieces)
    href = f"{address}?page={passage.page}#page-{passage.page}"
    page = gettext("Page %s") % passage.page
    html = '<span class="found"><a class="found__page" href="{}">{}</a> {}</span>'
    return format_html(html, href, page, mark_safe(parts))  # noqa: S308  # each is escaped


VAULT = Room[SignedFile](
    "vault",
    label=_("Vault"),
    listing=vault_listing,
    rows=lambda person, right: SignedFile.objects.visible_to(person, right).naming_deals(person),
    guard=allow(Section.VAULT, Right.VIEW),
    detail=to("vault-detail"),
    template="desk/vault/list.html",
    empty="desk/vault/empty.html",
    search=_("Search in titles, parties and pages"),
    cells={"title": _title, "amount": _amount},
    menu=[
        Entry(_("Signed PDF"), "download", EXPORT, href=to("vault-file")),
        Entry(_("Place on hold"), "lock", EDIT, href=to("vault-hold")),
        Entry(_("Delete for good"), "trash", DELETE, href=to("vault-destroy")),
    ],
    actions=[
        GroupAction("archive", _("Archive"), "file-zip", EXPORT, address="vault-archive"),
        GroupAction("xlsx", _("Excel file"), "table-export", EXPORT, address="vault-export-xlsx"),
        GroupAction("csv", _("CSV file"), "file-type-csv", EXPORT, address="vault-export-csv"),
        GroupAction(
            "class",
            _("Change the class"),
            "tag",
            EDIT,
            kind="vault.change-class",
            question=_("As which class are they kept?"),
            text=_("How long they stay follows from their class."),
            form=ChooseClass,
        ),
        GroupAction(
            "destroy",
            _("Delete for good"),
            "trash",
            DELETE,
            kind="vault.destroy",
            question=_("Delete these signed documents for good?"),
            text=_(
                "Files, evidence and the names in them are gone for everybody. IDs, dates and "
                "hashes stay. What is on hold stays. This cannot be undone."
            ),
            is_danger=True,
        ),
    ],
    notes=_notes,
)
