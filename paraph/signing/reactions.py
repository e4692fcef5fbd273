"""When this happened in signing, then do that."""

from typing import Any

from django.utils import timezone

from paraph.contacts.actions.indexing import note_documents
from paraph.journal import reacts_to
from paraph.kit.jobs import enqueue
from paraph.messaging.events import MessageReturned
from paraph.people.events import EmployeeLeft

from .actions import telling, troubles
from .events import (
    CodeRefused,
    EnvelopeCancelled,
    EnvelopeClosing,
    EnvelopeCompleted,
    EnvelopeDeclined,
    EnvelopeExpired,
    EnvelopeSent,
    LinkRenewed,
    PartyAsked,
    PartyReminded,
    PartySigned,
    SigningIntended,
)
from .jobs.auditing import AUDITED_AFTER, audit_completed
from .jobs.details import keep_details
from .jobs.lasting import look_at_seal
from .jobs.leaving import hand_over_envelopes_of
from .jobs.sealing import close_envelope, prepare_envelope, seal_act
from .jobs.showing import DRAWN_AFTER, draw_pages
from .line_events import (
    EnvelopeCorrected,
    PartyApproved,
    PartyCorrected,
    PartyReleased,
    PartyReplaced,
    QuestionAnswered,
    QuestionAsked,
)
from .models import CompanySeal, Envelope, Field, Party
from .seal_events import (
    CompanySealAdded,
    EnvelopeDoubted,
    EnvelopeStuck,
)


@reacts_to(EnvelopeSent)
def prepare_the_documents(event: EnvelopeSent) -> None:
    """Lay out what was sent; when it is done the first in line are asked."""
    enqueue(prepare_envelope, envelope_id=event.envelope_id)


@reacts_to(EnvelopeSent)
def note_who_was_sent_a_document(event: EnvelopeSent) -> None:
    """Let the list of contacts know when somebody last got a document."""
    envelope = Envelope.objects.get(pk=event.envelope_id)
    contacts = envelope.parties.exclude(contact=None).values_list("contact", flat=True)
    note_documents(list(contacts), at=envelope.sent_at or timezone.now())


@reacts_to(SigningIntended)
def seal_the_act(event: SigningIntended) -> None:
    """Put into the documents what a party signed."""
    enqueue(seal_act, act_id=event.act_id)


@reacts_to(PartyAsked)
def draw_what_they_will_see(event: PartyAsked) -> None:
    """Have the first pages lie ready as pictures when the party comes to read them."""
    later, once = timezone.now() + DRAWN_AFTER, f"draw-pages-{event.envelope_id}"
    enqueue(draw_pages, once=once, run_at=later, envelope_id=event.envelope_id)


@reacts_to(PartySigned)
def tell_that_a_party_signed(event: PartySigned) -> None:
    """Tell who is responsible, while others have still to sign."""
    telling.tell_of_signature(_party(event.party_id), at=timezone.now())


@reacts_to(PartySigned)
def keep_what_a_party_said(event: PartySigned) -> None:
    """Take over the answers that the party let us keep."""
    if Field.objects.filter(party=event.party_id, may_keep=True).exists():
        enqueue(keep_details, party_id=event.party_id)


@reacts_to(EnvelopeClosing)
def close_the_documents(event: EnvelopeClosing) -> None:
    """Put the closing seal on what everybody has signed."""
    enqueue(close_envelope, envelope_id=event.envelope_id)


@reacts_to(EnvelopeCompleted)
def look_a_second_time(event: EnvelopeCompleted) -> None:
    """Let the completed documents be validated once more, after everybody has been told."""
    later = timezone.now() + AUDITED_AFTER
    enqueue(audit_completed, once="audit-completed", run_at=later)


@reacts_to(EnvelopeCompleted)
def give_everybody_the_file(event: EnvelopeCompleted) -> None:
    """Write to everybody where the completed documents are."""
    telling.share_completed(_envelope(event.envelope_id), at=timezone.now())


@reacts_to(EnvelopeDeclined)
def tell_that_it_was_declined(event: EnvelopeDeclined) -> None:
    """Tell the sender, and whoever was asked, that there is nothing left to sign."""
    _tell_of_end("envelope_declined", event.envelope_id, reason=event.reason)


@reacts_to(EnvelopeCancelled)
def tell_that_it_was_cancelled(event: EnvelopeCancelled) -> None:
    """Tell whoever was asked that there is nothing left to sign."""
    _tell_of_end("envelope_cancelled", event.envelope_id, reason=event.reason)


@reacts_to(EnvelopeCorrected)
def tell_that_it_is_corrected(event: EnvelopeCorrected) -> None:
    """Tell whoever was asked that another document follows."""
    _tell_of_end("envelope_corrected", event.envelope_id, reason=event.reason)


@reacts_to(PartyApproved)
def tell_that_a_party_approved(event: PartyApproved) -> None:
    """Tell who is responsible, while others have still to act."""
    telling.tell_of_signature(_party(event.party_id), at=timezone.now())


@reacts_to(PartyReleased)
def tell_that_a_party_is_not_needed(event: PartyReleased) -> None:
    """Tell whoever was asked and did not come first."""
    telling.tell_of_release(_party(event.party_id), at=timezone.now())


@reacts_to(PartyReplaced)
def tell_that_a_party_is_replaced(event: PartyReplaced) -> None:
    """Tell who was asked before; and who is responsible, when they did not do it themselves."""
    telling.tell_of_replacement(
        _party(event.party_id),
        successor=_party(event.successor_id),
        reason=event.reason,
        is_own=event.code_id is not None,
        at=timezone.now(),
    )


@reacts_to(EnvelopeExpired)
def tell_that_it_expired(event: EnvelopeExpired) -> None:
    """Tell the sender, and whoever was asked, that the time is over."""
    _tell_of_end("envelope_expired", event.envelope_id)


@reacts_to(EnvelopeDoubted)
def tell_that_it_is_doubted(event: EnvelopeDoubted) -> None:
    """Tell the sender that the signed file was withdrawn."""
    _tell_of_trouble("envelope_doubted", event.envelope_id)


@reacts_to(EnvelopeStuck)
def tell_that_it_is_stuck(event: EnvelopeStuck) -> None:
    """Tell the sender that it does not go on by itself."""
    _tell_of_trouble("envelope_stuck", event.envelope_id)


@reacts_to(EmployeeLeft)
def hand_over_the_envelopes(event: EmployeeLeft) -> None:
    """Give the heir what the person was responsible for."""
    if event.heir_id is not None:
        enqueue(hand_over_envelopes_of, employee_id=event.employee_id, heir_id=event.heir_id)


@reacts_to(CompanySealAdded)
def look_at_the_certificate(event: CompanySealAdded) -> None:
    """Fetch what the issuer says of a company's new certificate."""
    for seal in CompanySeal.objects.in_use().filter(company=event.company_id):
        enqueue(look_at_seal, once=f"look-at-seal-{seal.pk}", seal_id=seal.pk)


@reacts_to(MessageReturned)
def note_that_a_message_returned(event: MessageReturned) -> None:
    """Let lists say that a message to a party came back."""
    if event.noun == "party":
        troubles.note_troubles_of(event.noun_id)


def note_what_is_wrong_or_mended(event: Any) -> None:  # Any: each of them names its party
    """Let lists say what somebody has to mend, until it is."""
    troubles.note_troubles_of(event.party_id)


for _event in (
    *(CodeRefused, QuestionAsked, QuestionAnswered),
    *(LinkRenewed, PartyReminded, PartyCorrected),
):
    reacts_to(_event)(note_what_is_wrong_or_mended)


def _tell_of_trouble(kind: str, envelope_id: int) -> None:
    telling.tell_of_trouble(_envelope(envelope_id), kind=kind, at=timezone.now())


def _tell_of_end(kind: str, envelope_id: int, *, reason: str = "") -> None:
    telling.tell_of_end(_envelope(envelope_id), kind=kind, reason=reason, at=timezone.now())


def _envelope(envelope_id: int) -> Envelope:
    return Envelope.objects.select_related("company", "responsible").get(pk=envelope_id)


def _party(party_id: int) -> Party:
    rows = Party.objects.select_related("envelope__company", "envelope__responsible")
    return rows.get(pk=party_id)
