"""Documents of the demo company on whose way something changed: one of several who sign, an
approval, a question, a replacement, a correction, a place that a signer is to fill."""

from collections import Counter
from collections.abc import Mapping, Sequence

from paraph.contacts.models import Contact
from paraph.documents.actions.adding import add_document
from paraph.documents.intake import Upload
from paraph.signing import queries
from paraph.signing.actions import approving, asking
from paraph.signing.actions.arranging import arrange, change_reminders
from paraph.signing.actions.correcting import correct_envelope
from paraph.signing.actions.drafting import choose_parties, create_draft
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.replacing import replace_party
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import PartyChoice, Successor
from paraph.signing.models import Envelope, Party, PartyRole
from paraph.signing.rules import Policy
from paraph.signing.suggesting import suggested_places

from .drawing import round_stamp
from .envelopes import ORIGIN, now, prove, sign
from .papers import typeset
from .staff import Staff

POLICY = Policy(first_after_days=2, every_days=3, at_most=3)


def draw(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """Walk four documents to where their parties have left them."""
    _one_of_two(staff, contacts)
    _asked_about(staff, contacts)
    _corrected(staff, contacts)
    _left_open(staff, contacts)


def _one_of_two(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """The lawyer has approved, one of two clients has signed, the director is asked."""
    seats = [
        PartyChoice(employee=staff.lawyer, role=PartyRole.APPROVER, group=1),
        PartyChoice(contact=contacts["Carter"], group=2),
        PartyChoice(contact=contacts["O'Neill"], group=2),
        PartyChoice(employee=staff.director, group=3),
    ]
    envelope = _sent(staff, "Price agreement – Northwind", "en", seats)
    lawyer, carter, *_others = queries.parties_of(envelope)
    session = prove(lawyer)
    shown = queries.desk_of(lawyer, at=now()).shown
    approving.approve(session, terms="I approve.", shown=shown, origin=ORIGIN, at=now())
    sign(_fresh(carter), stamp=round_stamp("Northwind", "Signed"))


def _asked_about(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """Somebody on leave was replaced; who acts instead has a question that is open."""
    seats = [
        PartyChoice(contact=contacts["Girard"], group=1),
        PartyChoice(employee=staff.director, group=2),
    ]
    envelope = _sent(staff, "Contrat d’entretien – Hôtel des Deux Rives", "fr", seats)
    girard, _director = queries.parties_of(envelope)
    lambert = replace_party(
        girard,
        successor=Successor(contact=contacts["Lambert"]),
        reason="En congé jusqu’à la fin du mois",
        by=staff.seller.actor,
        at=now(),
    )
    text = "Le prix comprend-il les pièces de rechange ?"
    asking.ask_question(prove(_fresh(lambert)), text=text, at=now())


def _corrected(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """Signed by the director, then called back: the price was wrong."""
    seats = [
        PartyChoice(employee=staff.director, group=1),
        PartyChoice(contact=contacts["Kowalski"], group=2),
    ]
    envelope = _sent(staff, "Aneks cenowy – Kowalski Meble", "pl", seats)
    director, _client = queries.parties_of(envelope)
    sign(director, stamp=round_stamp("Atelier", "Lumière"))
    correct_envelope(
        Envelope.objects.get(pk=envelope.pk),
        reason="Cena była błędna.",
        responsible=staff.seller,
        by=staff.seller.actor,
        at=now(),
    )


def _left_open(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """The client reads it, and is to say who of theirs signs as well."""
    seats = [
        PartyChoice(contact=contacts["Girard"], group=1, names_next=True),
        PartyChoice(group=2),
        PartyChoice(employee=staff.director, group=3),
    ]
    envelope = _sent(staff, "Convention de services – Hôtel des Deux Rives", "fr", seats)
    girard, *_others = queries.parties_of(envelope)
    prove(girard)


def _sent(staff: Staff, title: str, language: str, seats: Sequence[PartyChoice]) -> Envelope:
    by, seller = staff.seller.actor, staff.seller
    words = {"seller": staff.company.name, "buyer": "", "buyer_address": ""}
    paper = Upload(f"{title}.pdf", typeset("contract", language, **words))
    document = add_document([paper], title=title, responsible=seller, by=by, at=now())
    envelope = create_draft(title, responsible=seller, documents=[document], by=by, at=now())
    parties = choose_parties(envelope, company=staff.company, parties=list(seats), by=by, at=now())
    sizes = Counter(seat.group for seat in seats)
    arrange(envelope, needed={it: 1 for it in sizes if sizes[it] > 1}, may_hand_over=True)
    change_reminders(envelope, policy=POLICY, by=by, at=now())
    replace_fields(envelope, placements=suggested_places([document], parties))
    send_envelope(envelope, by=by, at=now())
    return Envelope.objects.get(pk=envelope.pk)


def _fresh(party: Party) -> Party:
    return Party.objects.select_related("envelope", "company").get(pk=party.pk)
