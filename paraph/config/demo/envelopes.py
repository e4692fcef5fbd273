"""Documents of the demo company in every stage, each brought there by its parties' own acts."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from paraph.contacts.models import Contact
from paraph.documents.actions.adding import add_document
from paraph.documents.intake import Upload
from paraph.kit import files
from paraph.messaging.models import Message
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.signing import access, queries
from paraph.signing.actions import ceremony, proving
from paraph.signing.actions.drafting import choose_parties, create_draft, describe
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.following import (
    cancel_envelope,
    expire_envelope,
    extend_deadline,
)
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import Description, Origin, two_parties
from paraph.signing.models import Envelope, Field, FieldKind, Party, SigningSession
from paraph.signing.suggesting import suggested_places

from .drawing import round_stamp, signature
from .papers import typeset
from .staff import Staff

ORIGIN = Origin(ip="203.0.113.7", user_agent="Demo")
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Story:
    """One envelope: between whom, in which language, and how far it gets."""

    title: str
    language: str
    client: str
    stage: str
    responsible: str = "seller"
    deal: str = ""
    amount: int = 0  # euros, where no deal says it
    days: int = 0
    """How many days ago it came to where it stands."""
    took: float = 0
    """How many days that took since it was sent."""


STORIES = (
    Story(
        "Contrat d’éclairage – Boulangerie Petit",
        "fr",
        "Petit",
        "completed",
        deal="Éclairage du fournil et de la boutique",
    ),
    Story(
        "Umowa oświetlenia – Kowalski Meble",
        "pl",
        "Kowalski",
        "completed",
        deal="Oświetlenie salonu meblowego",
        days=9,
        took=2.3,
    ),
    Story(
        "Lighting contract – Northwind",
        "en",
        "Carter",
        "completed",
        "lawyer",
        days=24,
        took=5.2,
    ),
    Story(
        "Contrat de maintenance – Hôtel des Deux Rives",
        "fr",
        "Lambert",
        "with-client",
        deal="Maintenance des chambres, 2 ans",
    ),
    Story("Framework contract – Northwind", "en", "O'Neill", "with-us"),
    Story("Umowa ramowa – Kowalski Meble", "pl", "Żółtowska", "declined", days=16, took=4.5),
    Story(
        "Contrat de sous-traitance – Girard",
        "fr",
        "Girard",
        "cancelled",
        "lawyer",
        days=45,
        took=6.8,
    ),
    Story("Survey contract – Northwind", "en", "Carter", "expired", days=2, took=9.4),
    Story("Umowa projektowa – Nowak", "pl", "Nowak", "draft"),
)


def tell(
    staff: Staff,
    contacts: Mapping[str, Contact],
    deals: Mapping[str, Deal],
    stories: Sequence[Story] = STORIES,
) -> None:
    """Walk every story to its stage."""
    for story in stories:
        envelope = _prepare(story, staff, contacts[story.client], deals.get(story.deal))
        if story.stage != "draft":
            _walk(envelope, story.stage, staff)


def now() -> datetime:
    return datetime.now(UTC)


def _prepare(story: Story, staff: Staff, client: Contact, deal: Deal | None) -> Envelope:
    responsible: Employee = getattr(staff, story.responsible)
    by, buyer = responsible.actor, client.company.name if client.company else client.name
    address = f"{client.company.street}, {client.company.city}" if client.company else ""
    words = {"seller": staff.company.name, "buyer": buyer, "buyer_address": address}
    paper = Upload(f"{story.title}.pdf", typeset("contract", story.language, **words))
    at = now() - timedelta(days=story.days + story.took + 1)  # written the day before it was sent
    document = add_document([paper], title=story.title, responsible=responsible, by=by, at=at)
    envelope = create_draft(
        story.title,
        responsible=responsible,
        documents=[document],
        deal=deal,
        by=by,
        at=at,
    )
    deadline = now() + timedelta(days=14)
    amount, currency = envelope.amount, envelope.currency
    if story.amount:
        amount, currency = Decimal(story.amount), "EUR"
    description = Description(story.title, "", deadline, amount, currency)
    describe(envelope, description=description, by=by, at=at)
    parties = choose_parties(
        envelope,
        company=staff.company,
        parties=two_parties(staff.director, client),
        by=by,
        at=at,
    )
    replace_fields(envelope, placements=suggested_places([document], parties))
    return envelope


def _walk(envelope: Envelope, stage: str, staff: Staff) -> None:
    by = envelope.responsible.actor
    send_envelope(envelope, by=by, at=now())
    ours, theirs = queries.parties_of(envelope)
    if stage == "expired":
        extend_deadline(envelope, deadline_at=now() + timedelta(seconds=1), by=by, at=now())
        expire_envelope(envelope, at=now() + timedelta(seconds=1))
    if stage == "cancelled":
        cancel_envelope(envelope, reason="Le devis a changé.", by=by, at=now())
    if stage in {"completed", "with-client", "declined"}:
        sign(ours, stamp=files.get(staff.company.stamp))
    if stage == "completed":
        sign(theirs, stamp=round_stamp(_short(theirs), "Signed"))
    if stage == "declined":
        reason = "Proszę o zmianę terminu płatności."
        ceremony.decline(prove(theirs), reason=reason, origin=ORIGIN, at=now())


def _short(party: Party) -> str:
    return (party.company.name if party.company else party.name)[:22]


def sign(party: Party, *, stamp: bytes) -> None:
    """Do what this person would do: come in, fill, sign."""
    session = prove(party)
    for field in Field.objects.filter(party=party):
        _fill(session, field, stamp=stamp)
    desk = queries.desk_of(party, at=now())
    ceremony.press_sign(session, terms="I agree.", shown=desk.shown, origin=ORIGIN, at=now())


def prove(party: Party) -> SigningSession:
    """Come in as this person would: open the link, ask for the code, enter it."""
    link = access.open_link(token_of(party), at=now())
    proving.request_code(link, origin=ORIGIN, at=now())
    key = proving.enter_code(link, digits=_digits(party), origin=ORIGIN, at=now())
    return access.open_session(link, key=key, at=now())


def _fill(session: SigningSession, field: Field, *, stamp: bytes) -> None:
    drawn = stamp if field.kind == FieldKind.STAMP else signature(session.link.party.name)
    ceremony.save_value(session, field=field, picture=files.put(drawn), at=now())


def token_of(party: Party) -> str:
    """Read the link in the party's newest message, as the person would."""
    return _read(party, r"/s/([^/\s]+)/")


def _digits(party: Party) -> str:
    return _read(party, r"\b(\d{6})\b")


def _read(party: Party, pattern: str) -> str:
    for message in Message.objects.about("party", party.pk).order_by("-id"):
        if found := re.search(pattern, message.text):
            return found[1]
    raise LookupError(pattern)
