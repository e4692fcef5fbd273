"""The demo company's deals: three languages, three currencies, every stage of two pipelines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from paraph.contacts.models import Contact
from paraph.people.models import Employee
from paraph.sales.actions.dealing import add_person, comment_on_deal, create_deal
from paraph.sales.actions.moving import explain_outcome, move_deal
from paraph.sales.actions.pipelines import make_pipeline
from paraph.sales.actions.products import write_rows
from paraph.sales.choices import DealCard, Place, ProductLine, StageChoice
from paraph.sales.lifecycle import StageKind
from paraph.sales.models import Colour, Deal, DealStage, Pipeline

from .staff import Staff

FR, PL, GB = Decimal(20), Decimal(23), Decimal(20)
STEP = timedelta(days=6)
"""So long a deal stays in each stage."""


@dataclass(frozen=True)
class Sale:
    """One deal: with whom, for how much, how far it is, and what is sold in it."""

    title: str
    client: str
    currency: str
    stage: str
    amount: str = "0"
    days: int = 30
    responsible: str = "seller"
    source: str = "client"
    rows: tuple[tuple[str, str, str, str, str], ...] = ()
    """Name, quantity, unit, price, discount."""
    reason: str = ""
    remark: str = ""


SALES = (
    Sale(
        "Éclairage du fournil et de la boutique",
        "Petit",
        "EUR",
        "Won",
        rows=(
            ("Suspension Halo 60 cm", "6", "pce", "289", "10"),
            ("Rail LED 2 m", "8", "pce", "124.50", "0"),
            ("Pose et raccordement", "14", "h", "58", "0"),
            ("Variateur sans fil", "4", "pce", "79.90", "0"),
            ("Déplacement Lyon", "2", "", "45", "0"),
        ),
        reason="Délai de pose court, bon souvenir du premier chantier.",
        source="referral",
    ),
    Sale(
        "Maintenance des chambres, 2 ans",
        "Lambert",
        "EUR",
        "Contract sent",
        rows=(("Contrat de maintenance", "24", "mois", "390", "5"),),
        days=12,
        remark="Attend l’accord du siège pour signer.",
    ),
    Sale("Rénovation du hall", "Lambert", "EUR", "Proposal sent", "18600", 25, source="client"),
    Sale("Terrasse et jardin", "Lambert", "EUR", "In talks", "7400", 60),
    Sale("Enseigne lumineuse", "Petit", "EUR", "New", "3200", 45, source="call"),
    Sale("Éclairage de l’atelier", "Girard", "EUR", "In talks", "5150", 40, "lawyer", "fair"),
    Sale(
        "Oświetlenie salonu meblowego",
        "Kowalski",
        "PLN",
        "Won",
        rows=(
            ("Lampa wisząca Halo", "12", "szt.", "1190", "8"),
            ("Montaż", "20", "godz.", "180", "0"),
            ("Projekt oświetlenia", "1", "", "4200", "0"),
        ),
        reason="Wygraliśmy projektem, nie ceną.",
        source="fair",
    ),
    Sale("Magazyn w Skawinie", "Żółtowska", "PLN", "Lost", "84000", reason="Odłożone o rok."),
    Sale("Witryny, druga filia", "Kowalski", "PLN", "Proposal sent", "36500", 21),
    Sale("Biuro projektowe", "Nowak", "PLN", "New", "12800", 50, source="website"),
    Sale(
        "Head office lighting",
        "Carter",
        "GBP",
        "Contract sent",
        rows=(
            ("Halo pendant", "40", "pcs", "245", "12"),
            ("Emergency exit kit", "16", "pcs", "88.40", "0"),
            ("Installation", "60", "h", "54", "0"),
            ("Commissioning report", "1", "", "950", "0"),
        ),
        days=9,
        remark="Emily wants the contract before the board meets.",
    ),
    Sale("Warehouse retrofit", "O'Neill", "GBP", "In talks", "52000", 75, source="email"),
    Sale("Car park survey", "Carter", "GBP", "New", "2400", 35, "lawyer", "website"),
    Sale("Showroom pilot", "O'Neill", "GBP", "Lost", "6800", reason="Chose a local supplier."),
)

SERVICE = (
    Sale("Entretien annuel – Boulangerie Petit", "Petit", "EUR", "Planned", "1180", 20),
    Sale("Awaria zasilania – Kowalski", "Kowalski", "PLN", "Under way", "2900", 4),
    Sale("Lamp replacement – Northwind", "Carter", "GBP", "Done", "640", 2),
)


def sell(staff: Staff, contacts: Mapping[str, Contact], *, at: datetime) -> dict[str, Deal]:
    """Walk every deal to its stage, in the first pipeline and in one for service.

    The first came there today, each other one a day before the one above it.
    """
    by, then = staff.administrator.actor, at - timedelta(weeks=9)
    first = Pipeline.objects.earliest("position", "id")
    service = make_pipeline(_("Service"), list(_service_stages()), by=by, at=then)
    sales = [(sale, first) for sale in SALES] + [(sale, service) for sale in SERVICE]
    made = [
        _walk(sale, pipeline, staff, contacts, came_at=at - timedelta(days=number))
        for number, (sale, pipeline) in enumerate(sales)
    ]
    return {deal.title: deal for deal in made}


def _service_stages() -> Iterator[StageChoice]:
    yield StageChoice(_("Asked for"), Colour.GREY, StageKind.OPEN)
    yield StageChoice(_("Planned"), Colour.BLUE, StageKind.OPEN)
    yield StageChoice(_("Under way"), Colour.AMBER, StageKind.OPEN)
    yield StageChoice(_("Done"), Colour.GREEN, StageKind.WON)
    yield StageChoice(_("Called off"), Colour.RED, StageKind.LOST)


def _walk(
    sale: Sale,
    pipeline: Pipeline,
    staff: Staff,
    contacts: Mapping[str, Contact],
    *,
    came_at: datetime,
) -> Deal:
    """Begin a deal, fill it, and move it stage by stage to where it stands."""
    responsible: Employee = getattr(staff, sale.responsible)
    by, stages = responsible.actor, list(pipeline.stages.all())
    way = _way(stages, sale.stage)
    at = came_at - STEP * len(way)
    card = _card(sale, responsible, staff, contacts)
    deal = create_deal(card, stage=stages[0], by=by, at=at)
    if sale.rows:
        write_rows(deal, [_line(row, sale.currency) for row in sale.rows], by=by, at=at)
    if sale.client == "Kowalski":
        add_person(deal, person=contacts["Żółtowska"], by=by, at=at)
    for number, stage in enumerate(way, start=1):
        move_deal(deal, Place(stage), by=by, at=at + STEP * number)
    if sale.remark:
        comment_on_deal(deal, text=sale.remark, by=by, at=came_at)
    if sale.reason:
        explain_outcome(deal, reason=sale.reason, by=by, at=came_at)
    return deal


def _way(stages: list[DealStage], name: str) -> list[DealStage]:
    """Return the stages after the first: through the open ones, to the one of that name."""
    goal = next(stage for stage in stages if stage.name in (name, _(name)))
    between = [stage for stage in stages[1:] if stage.is_open and stage.position < goal.position]
    return [*between, *([goal] if goal != stages[0] else [])]


def _card(
    sale: Sale, responsible: Employee, staff: Staff, contacts: Mapping[str, Contact]
) -> DealCard:
    return DealCard(
        title=sale.title,
        currency=sale.currency,
        responsible=responsible,
        contact=contacts[sale.client],
        company=staff.company,
        amount=Decimal(sale.amount),
        expected_on=(datetime.now(UTC) + timedelta(days=sale.days)).date(),
        source=sale.source,
        is_shared=True,
    )


def _line(row: tuple[str, str, str, str, str], currency: str) -> ProductLine:
    name, quantity, unit, price, discount = row
    rate = {"EUR": FR, "PLN": PL, "GBP": GB}[currency]
    return ProductLine(name, Decimal(quantity), Decimal(price), unit, Decimal(discount), rate)
