"""The letters of signing: whole sentences in each language, and texts that fit into one SMS."""

from copy import copy
from pathlib import Path

import pytest
from django.conf import settings

import paraph.signing
from paraph.messaging.letters import Letter, words_of
from paraph.signing import messages
from paraph.signing.models import Channel, Party, PartyRole, Question
from tests import make
from tests.cast import Cast
from tests.moments import NOON

FOLDER = Path(paraph.signing.__file__).parent / "templates" / "messages"
KINDS = sorted(folder.name for folder in FOLDER.iterdir() if folder.name != "frame")
TO_EMPLOYEES = {"stack_code", "keys_need_attention"}  # these are tested with their actions
TOKEN = "T" * 27
QUESTION = Question(text="Which price?", answer="The one of May.")
NADIA = Party(name="Nadia Petit")
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


@pytest.fixture
def frank(cast: Cast) -> Party:
    """Frank, to whom everything is written by SMS, about a long title."""
    title = "Framework agreement on the supply of signs and letters <b>& co</b>"
    envelope = make.draft(cast, title=title)
    envelope.message = "Please look at page 3."
    party = make.party(envelope, name="Frank")
    party.envelope = envelope
    return party


def letters(party: Party) -> list[Letter]:
    """Return everything that can be written to a party."""
    ends = ("declined", "cancelled", "expired", "corrected")
    approver = copy(party)
    approver.role = PartyRole.APPROVER
    return [
        messages.signature_requested(party, token=TOKEN),
        messages.signature_requested(approver, token=TOKEN),
        messages.sign_again(party, token=TOKEN),
        messages.question_answered(party, question=QUESTION, token=TOKEN),
        messages.no_longer_needed(party),
        messages.replaced(party, successor=NADIA, reason="On leave"),
        messages.reminder(party, token=TOKEN),
        messages.signing_code(party, digits="012345", good_until=NOON),
        messages.envelope_completed(party, token=TOKEN),
        *(messages.envelope_ended(f"envelope_{end}", party, reason="No") for end in ends),
    ]


def test_each_text_fits_into_one_sms(frank: Party) -> None:
    for letter in letters(frank):
        text = words_of(letter).text

        assert len(text) <= 160, text
        assert set(text) <= GSM, set(text) - GSM


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_letter_has_all_its_words(frank: Party, language: str) -> None:
    frank.link_channel = frank.code_channel = Channel.EMAIL
    frank.language = language
    more = {"party": frank, "successor": NADIA, "question": QUESTION}
    told = [messages.to_responsible(kind, frank.envelope, **more) for kind in _to_us()]

    for letter in [*letters(frank), *told]:
        words = words_of(letter)
        assert words.subject and "\n" not in words.subject
        assert frank.envelope.title in words.subject
        assert "&lt;" not in words.text and "&#" not in words.text
        assert "<b>" not in words.html
        assert f'lang="{language}"' in words.html or letter in told
        assert "\n\n\n" not in words.text


def test_the_message_carries_link_company_and_the_senders_words(frank: Party) -> None:
    frank.link_channel = Channel.EMAIL

    words = words_of(messages.signature_requested(frank, token=TOKEN))

    assert f"{settings.PARAPH_URL}/s/{TOKEN}/" in words.text
    assert "Please look at page 3." in words.text
    assert "Ardent SAS" in words.text and "#1f4e5f" in words.html


def test_a_code_is_secret_and_overtakes_everything(frank: Party) -> None:
    letter = messages.signing_code(frank, digits="012345", good_until=NOON)

    assert letter.is_secret and letter.is_urgent
    assert "012345" in words_of(letter).text


def test_every_folder_of_words_is_written_by_somebody(frank: Party) -> None:
    written = {letter.kind for letter in letters(frank)} | set(_to_us()) | TO_EMPLOYEES

    assert written == set(KINDS)


def _to_us() -> list[str]:
    news = ["party_signed", "party_approved", "party_handed_over", "question_asked"]
    return [kind for kind in KINDS if kind.endswith("_responsible")] + news
