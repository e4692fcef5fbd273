"""One line for each model with ``visible_to``: how a row of it is made, and who reaches it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from paraph.batches import kinds
from paraph.batches.models import Batch
from paraph.campaigns.actions.drafting import create_campaign
from paraph.campaigns.actions.segments import create_segment
from paraph.campaigns.cards import CampaignCard, SegmentCard
from paraph.campaigns.models import Campaign, Segment, SegmentKind
from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard, Requisites
from paraph.contacts.importing.models import Import
from paraph.contacts.models import Company, Contact
from paraph.documents.models import Document, Template, TemplateKind
from paraph.kit.ids import document_id
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Employee
from paraph.sales.actions.dealing import create_deal
from paraph.sales.choices import DealCard
from paraph.sales.models import Deal, DealStage
from paraph.signing.actions.drafting import create_draft
from paraph.signing.models import Envelope
from paraph.vault.models import SignedFile, Tombstone
from tests import make
from tests.desk.reach.house import REACHED, House, Viewer
from tests.moments import NOON


@dataclass(frozen=True)
class Kind:
    """A model whose rows belong to people, and the sections that open it (any of them)."""

    model: type[Model]
    make: Callable[[Employee], Model]
    sections: tuple[Section, ...]
    is_private: bool = False  # seen by its owner alone, whatever the matrix says

    def reached(self, viewer: Viewer, right: Right) -> frozenset[str]:
        """Return the places that the viewer reaches, by the matrix alone."""
        if self.is_private:
            return REACHED[Level.OWN]
        return REACHED[max(viewer.level(section, right) for section in self.sections)]


def _contact(owner: Employee) -> Contact:
    card = ContactCard(owner.first_name, "Client", "+33612345678", "client@example.org")
    return create_contact(card, responsible=owner, by=owner.actor, at=NOON)


def _company(owner: Employee) -> Company:
    requisites = Requisites(name=f"Client of {owner.first_name}")
    by = owner.actor
    return create_company(requisites, is_ours=False, responsible=owner, by=by, at=NOON)


def _deal(owner: Employee) -> Deal:
    stage = DealStage.objects.order_by("pk")[0]
    card = DealCard("Lamps", "EUR", owner, contact=_contact(owner))
    return create_deal(card, stage=stage, by=owner.actor, at=NOON)


def _envelope(owner: Employee) -> Envelope:
    papers = [make.document(owner)]
    return create_draft("Contract", responsible=owner, documents=papers, by=owner.actor, at=NOON)


def _template(owner: Employee) -> Template:
    return Template.objects.create(
        name="Offer",
        kind=TemplateKind.WORD,
        responsible=owner,
        is_shared=False,
        created_at=NOON,
        edited_at=NOON,
    )


def _batch(owner: Employee) -> Batch:
    kind = next(iter(kinds.KINDS), "")
    return Batch.objects.create(kind=kind, owner=owner, started_at=NOON, moved_at=NOON)


def _import(owner: Employee) -> Import:
    return Import.objects.create(owner=owner, file_name="a.csv", kind="csv", created_at=NOON)


def _segment(owner: Employee) -> Segment:
    card = SegmentCard("Clients", SegmentKind.STATIC)
    return create_segment(card, responsible=owner, by=owner.actor, at=NOON)


def _campaign(owner: Employee) -> Campaign:
    ours = Requisites(name="Ardent SAS")
    company = create_company(ours, is_ours=True, responsible=owner, by=owner.actor, at=NOON)
    card = CampaignCard(title="Spring", company=company)
    return create_campaign(card, responsible=owner, at=NOON)


def _signed_file(owner: Employee) -> SignedFile:
    envelope = _envelope(owner)
    return SignedFile.objects.create(
        document=envelope.documents.all()[0],
        envelope=envelope,
        title="Contract",
        page_count=1,
        responsible=owner,
        completed_at=NOON,
    )


def _tombstone(owner: Employee) -> Tombstone:
    return Tombstone.objects.create(
        code=document_id(),
        envelope_number=1,
        signatures=2,
        page_count=1,
        responsible=owner,
        completed_at=NOON,
        destroyed_at=NOON,
    )


KINDS: list[Kind] = [
    Kind(Contact, _contact, (Section.CONTACTS, Section.CRM)),
    Kind(Company, _company, (Section.CRM,)),
    Kind(Deal, _deal, (Section.CRM,)),
    Kind(Template, _template, (Section.TEMPLATES,)),
    Kind(Document, make.document, (Section.DOCUMENTS,)),
    Kind(Envelope, _envelope, (Section.DOCUMENTS,)),
    Kind(SignedFile, _signed_file, (Section.VAULT,)),
    Kind(Tombstone, _tombstone, (Section.VAULT,)),
    Kind(Segment, _segment, (Section.CAMPAIGNS,)),
    Kind(Campaign, _campaign, (Section.CAMPAIGNS,)),
    Kind(Batch, _batch, (), is_private=True),
    Kind(Import, _import, (), is_private=True),
]


def kind_of(model: type[Model]) -> Kind:
    """Return the line of a model."""
    return next(kind for kind in KINDS if kind.model is model)


def models_with_visible_to() -> Iterator[type[Model]]:
    """Find every model whose rows are narrowed to a person."""
    for model in apps.get_models():
        if any(hasattr(manager, "visible_to") for manager in model._meta.managers):
            yield model


Rows = dict[str, Any]
"""By place: one row there."""


def put_around(kind: Kind, house: House, viewer: Viewer) -> Rows:
    """Make one row in each place around a viewer; the shared one is available to everyone."""
    owners = {"own": viewer.person, **house.owners}
    rows: Rows = {place: kind.make(owner) for place, owner in owners.items()}
    if hasattr(rows["shared"], "is_shared"):
        kind.model._base_manager.filter(pk=rows["shared"].pk).update(is_shared=True)
    return rows
