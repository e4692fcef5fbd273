"""A company's own words: written on a page, read by its clients, never without the link."""

import pytest
from django.test import Client

from paraph.messaging.letters import words_of
from paraph.messaging.models import OwnWords
from paraph.signing.messages import reminder, signature_requested
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow

ADDRESS = "/texts/reminder/en/"


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.olga)
    return client


def test_a_company_writes_in_its_own_words(admin: Client, cast: Cast) -> None:
    words = {
        "subject": "{company}: {title}",
        "text": "Dear {name},\n\n{sender} waits for you.",
        "sms": "Please sign {title}: {link}",
    }
    admin.post(ADDRESS, words)
    party = make.sent(cast).parties.in_order()[0]

    letter = words_of(reminder(party, token="T"))

    envelope = party.envelope
    assert letter.subject == f"{cast.company.name}: {envelope.title}"
    assert f"{envelope.responsible.name} waits for you." in letter.text
    assert f"{envelope.responsible.name} waits for you." in letter.html
    assert "/s/T/" in letter.html  # the button stays


def test_other_kinds_and_languages_keep_the_usual_words(admin: Client, cast: Cast) -> None:
    party = make.sent(cast).parties.in_order()[0]
    usual = words_of(signature_requested(party, token="T"))

    admin.post(ADDRESS, {"subject": "Hello"})

    assert words_of(signature_requested(party, token="T")) == usual


def test_the_usual_words_come_back_when_a_text_is_emptied(admin: Client, cast: Cast) -> None:
    party = make.sent(cast).parties.in_order()[0]
    usual = words_of(reminder(party, token="T"))
    admin.post(ADDRESS, {"subject": "Hello", "text": "Sign!"})

    admin.post(ADDRESS, {"subject": "", "text": "", "sms": ""})

    assert words_of(reminder(party, token="T")) == usual
    assert not OwnWords.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"sms": "Please sign!"}, "Without {link} the message is of no use"),
        ({"text": "Dear {nmae}"}, "There is no field {nmae}. Did you mean {name}?"),
        ({"subject": "{company"}, "A curly bracket stands alone."),
    ],
)
def test_words_that_would_fail_are_refused_and_kept_to_mend(
    admin: Client, words: dict[str, str], said: str
) -> None:
    answer = admin.post(ADDRESS, words)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert next(iter(words.values())) in page
    assert not OwnWords.objects.exists()


def test_a_preview_shows_what_is_typed_and_saves_nothing(admin: Client) -> None:
    typed = {"text": "Bonjour {name}", "sms": "{title} : {link}"}

    page = admin.post("/texts/signature_requested/fr/preview/", typed).content.decode()

    assert "Bonjour Léa Martin" in page
    assert not OwnWords.objects.exists()


def test_markup_in_own_words_reaches_readers_as_text(admin: Client, cast: Cast) -> None:
    admin.post(ADDRESS, {"text": "<b>Sign</b> {{ party.phone }}"})
    admin.post(ADDRESS, {"text": "<b>Sign</b>"})
    party = make.sent(cast).parties.in_order()[0]

    assert "&lt;b&gt;Sign&lt;/b&gt;" in words_of(reminder(party, token="T")).html
