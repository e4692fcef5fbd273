"""One line for each family of addresses about one row: what the row is, and what else is asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from paraph.batches.models import Batch
from paraph.board.models import Stage, StageRule
from paraph.campaigns.models import Campaign, Segment
from paraph.contacts.importing.models import Import
from paraph.contacts.models import Company, Contact, CustomField
from paraph.documents.models import Document, Series, Template
from paraph.messaging.models import Message
from paraph.people.access import declared_access
from paraph.people.matrix import Right, Section
from paraph.people.models import Department, Employee, Group, Role, RoleGiven
from paraph.sales.models import Deal, DealStage, Pipeline
from paraph.signing.models import Envelope, Question
from paraph.vault.models import SignedFile
from tests.moments import NOON

FOREIGN = ("allauth.", "django.views.generic.base")

ABOUT: dict[str, type[Model]] = {
    "contact-": Contact,
    "contact-field-": CustomField,
    "import-": Import,
    "company-": Company,
    "deal-": Deal,
    "pipeline-": Pipeline,
    "stage-add": Pipeline,
    "stage-": DealStage,
    "campaign-": Campaign,
    "segment-": Segment,
    "consent-": Contact,
    "document-": Document,
    "template-": Template,
    "series-": Series,
    "envelope-": Envelope,
    "party-": Envelope,
    "board-": Envelope,
    "board-stage-": Stage,
    "vault-": SignedFile,
    "batch-": Batch,
    "role-": Role,
    "role-take": RoleGiven,
    "employee-": Employee,
    "invitation-": Employee,
    "department-": Department,
    "group-": Group,
    "mailbox-": Message,
    "rule-": StageRule,
}
"""By the beginning of an address's name (the longest wins): the model of ``pk``. Models of
``rows.KINDS`` are asked for near and far rows; others belong to nobody, so any row will do."""

Parts = dict[str, object]


def question_in(envelope: Envelope) -> int:
    """Let the first party have asked something."""
    party = envelope.parties.all()[0]
    return Question.objects.create(party=party, text="Which price?", asked_at=NOON).pk


FURTHER: dict[str, Callable[[Any], Parts]] = {
    "board-move": lambda envelope: {"move": "remind"},
    "party-remind": lambda envelope: {"party": envelope.parties.all()[0].pk},
    "party-link": lambda envelope: {"party": envelope.parties.all()[0].pk},
    "party-link-copy": lambda envelope: {"party": envelope.parties.all()[0].pk},
    **dict.fromkeys(
        ("party-reach", "party-replace", "party-withdraw", "party-link-close"),
        lambda envelope: {"party": envelope.parties.all()[0].pk},
    ),
    "envelope-answer": lambda envelope: {"question": question_in(envelope)},
    **dict.fromkeys(
        (
            "envelope-party-move",
            "envelope-party-change",
            "envelope-party-agree",
            "envelope-party-remove",
            "envelope-preview",
        ),
        lambda envelope: {"party": envelope.parties.all()[0].pk},
    ),
    "envelope-enclosure": lambda envelope: {"document": envelope.documents.all()[0].pk},
    "document-page": lambda document: {"page": 1},
    "vault-page": lambda file: {"page": 1},
    "company-picture-set": lambda company: {"picture": "stamp"},
    "contact-fact": lambda contact: {"name": "position"},
    "contact-field-arrange": lambda field: {"verb": "archive"},
    "deal-person-remove": lambda deal: {"contact": deal.contact_id},
}
"""What an address asks for besides ``pk``."""

NO_ROW: dict[str, Callable[[], Parts]] = {
    **dict.fromkeys(
        ("board-column", "board-column-count", "board-sight"),
        lambda: {"stage": Stage.objects.order_by("pk")[0].pk},
    ),
    "deal-column": lambda: {"stage": DealStage.objects.order_by("pk")[0].pk},
    "text-edit": lambda: {"kind": "reminder", "language": "fr"},
    "text-preview": lambda: {"kind": "reminder", "language": "fr"},
    "contact-list-act": lambda: {"action": "delete"},
    "company-list-act": lambda: {"action": "delete"},
    "deal-list-act": lambda: {"action": "delete"},
    "envelope-list-act": lambda: {"action": "cancel"},
    "vault-act": lambda: {"action": "xlsx"},
}
"""Addresses with a part in them that is no row of anybody."""

ELSEWHERE: dict[str, str] = {
    "segment-member-remove": "needs a member: tests/desk/test_campaigns.py",
    "campaign-copy": "creates out of what one may look at: tests/desk/test_campaigns.py",
    "campaign-list-act": "has no group action: tests/desk/test_campaigns.py",
    "segment-list-act": "has no group action: tests/desk/test_campaigns.py",
    **dict.fromkeys(
        ("deal-document-choose", "deal-document-fill", "preview-page", "template-version"),
        "wants two rights, or more than a row: tests/desk/test_templates.py",
    ),
    "company-seal": "only for our own companies: tests/desk/test_company_pages.py",
    "company-seal-remove": "only for our own companies: tests/desk/test_company_pages.py",
    "company-picture": "needs a picture: tests/desk/test_company_pages.py",
    "envelope-requisites": "is about a company: tests/desk/test_wizard.py",
    "envelope-file": "needs a completed envelope: tests/desk/test_access.py",
    "envelope-evidence": "needs a completed envelope: tests/desk/test_evidence.py",
    "envelope-certificate": "needs a completed envelope: tests/desk/test_evidence.py",
    "mailbox-letter": "needs a letter with HTML: tests/desk/test_lists.py",
    **dict.fromkeys(
        (
            "stack-sign",
            "stack-passkey",
            "stack-code",
            "stack-progress",
            "stack-read",
            "stack-page",
            "stack-picture",
        ),
        "is for the one who is asked to sign: tests/desk/test_stack.py",
    ),
    **dict.fromkeys(
        ("hold-envelope", "hold-contact", "hold-lift", "vault-hold", "erase-person"),
        "reaches rows of other rooms by the right to the vault: tests/desk/test_vault_pages.py",
    ),
    **dict.fromkeys(
        ("erasure-report", "erasure-file"), "needs an erasure: tests/desk/test_vault_pages.py"
    ),
    **dict.fromkeys(
        ("hold-envelope", "hold-contact", "hold-lift", "vault-hold", "erase-person"),
        "reaches rows of other rooms by the right to the vault: tests/desk/test_vault_pages.py",
    ),
    **dict.fromkeys(
        ("erasure-report", "erasure-file"), "needs an erasure: tests/desk/test_vault_pages.py"
    ),
    "contact-merge-undo": "needs a merge: tests/contacts",
    "company-merge-undo": "needs a merge: tests/contacts",
    **dict.fromkeys(
        (
            "story",
            "comment-list",
            "comment-write",
            "comment-colleagues",
            "comment-edit",
            "comment-withdraw",
        ),
        "is about a row of any kind: tests/desk/test_comments.py, test_timelines.py",
    ),
}
"""Addresses that are asked elsewhere, and where."""

ONLY_REFUSED = {
    *("document-page", "document-text", "document-changes", "batch-file"),
    *("vault-detail", "vault-page", "vault-text", "vault-file", "vault-evidence"),
    *("vault-certificate", "vault-order"),
    *("document-again", "document-docx"),
    *("import-run", "import-columns", "import-refused"),
    "employee-give-role",
    *("deal-move", "deal-person-remove"),
    *("contact-list-order", "company-list-order", "deal-list-order"),
    *("campaign-list-order", "segment-list-order", "envelope-list-order"),
    *("campaign-send", "campaign-pause", "campaign-resume", "campaign-cancel", "campaign-test"),
}
"""Addresses that want more than a row (a file, a form): asked only where they refuse."""


@dataclass(frozen=True)
class Address:
    """One address: its name, whom it declares, and the parts it asks for."""

    name: str
    access: Any
    parts: frozenset[str]

    @property
    def cells(self) -> list[tuple[Section, Right]]:
        """Return the cells of the matrix that open it, any of them; none where all may."""
        if not isinstance(self.access, tuple):
            return []
        section, right, *others = self.access
        return [(each, right) for each in (section, *others)]

    @property
    def right(self) -> Right:
        """Return the right that it asks for; to look, where all may."""
        return self.cells[0][1] if self.cells else Right.VIEW

    @property
    def model(self) -> type[Model] | None:
        """Return what ``pk`` is, by the longest beginning that fits."""
        fitting = [beginning for beginning in ABOUT if self.name.startswith(beginning)]
        return ABOUT[max(fitting, key=len)] if fitting else None

    def parts_for(self, row: Any) -> dict[str, object]:
        """Return the parts of the address of one row."""
        further = FURTHER.get(self.name)
        return {"pk": row.pk, **(further(row) if further else {})}


def addresses() -> list[Address]:
    """Return every address of ours."""
    found = [each for each in _patterns(get_resolver()) if not _is_foreign(each)]
    return [
        Address(
            str(pattern.name),
            declared_access(pattern.callback),
            frozenset(pattern.pattern.regex.groupindex),
        )
        for pattern in found
    ]


def _is_foreign(pattern: URLPattern) -> bool:
    return pattern.callback.__module__.startswith(FOREIGN)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry
