"""Timelines tell everything that happened around a row, in words."""

from dataclasses import fields

from paraph.desk.timelines import WORDS, timeline_of
from paraph.journal import Event
from tests import make
from tests.cast import Cast

SHOWN = {"envelope_id", "contact_id", "company_id", "document_id", "deal_id"}
GONE = {
    "contact.deleted",
    "company.deleted",
    "deal.deleted",
    "envelope.deleted",
    "document.deleted",
}  # with the row its page went


def test_every_event_around_a_row_has_words() -> None:
    told = {
        event.name
        for event in Event.__subclasses__()
        if event.__module__.startswith("paraph.") and SHOWN & {part.name for part in fields(event)}
    }

    assert told - GONE - set(WORDS) == set()


def test_a_signed_envelope_tells_its_whole_way(cast: Cast) -> None:
    envelope = make.completed(cast)

    words = [moment.words for moment in timeline_of("envelope", envelope.pk)]

    assert words[-1] == "Preparation begun"
    for step in ("Sent for signing", "Asked for a code", "Signed", "Completed and sealed"):
        assert step in words
