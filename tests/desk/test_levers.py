"""The sender's levers: what the pages change, what they refuse, and what they say."""

import pytest
from django.test import Client

from paraph.signing.actions.asking import ask_question
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow


def test_a_client_is_replaced_and_a_director_only_by_a_colleague(
    client: Client, cast: Cast
) -> None:
    envelope = make.sent(cast, parties="Frank, Erin")
    client.force_login(cast.alice)
    parties = {name: make.party(envelope, name=name) for name in ("Frank", "Erin")}
    address = f"/envelopes/{envelope.pk}/parties/%d/replace/"
    typed = {"name": "Nadia Petit", "email": "nadia@example.org", "channel": "email"}

    client.post(address % parties["Frank"].pk, {**typed, "reason": "On leave"})
    refused = client.post(address % parties["Erin"].pk, typed)
    own = client.get(address % parties["Erin"].pk).content.decode()

    assert make.party(envelope, name="Frank").status == PartyStatus.REPLACED
    assert make.party(envelope, name="Nadia").email == "nadia@example.org"
    assert refused.status_code == 422
    assert "Olga Nowak</option>" in own
    assert "Alice Martin</option>" not in own


def test_a_wrong_address_is_corrected_and_nonsense_is_refused(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin")
    frank = make.party(envelope, name="Frank")
    client.force_login(cast.alice)
    address = f"/envelopes/{envelope.pk}/parties/{frank.pk}/reach/"
    typed = {"email": "f@example.org", "phone": "", "link_channel": "email"}

    refused = client.post(address, {**typed, "code_channel": "sms"})
    client.post(address, {**typed, "code_channel": "email"})

    assert refused.status_code == 422
    assert "Add a phone number for Frank Kowalski" in refused.content.decode()
    assert make.newest_letter(frank).recipient == "f@example.org"


def test_more_time_is_given_and_reminders_are_set(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)
    typed = {"deadline_on": "2031-05-01", "first_after_days": "2", "every_days": "4"}

    client.post(f"/envelopes/{envelope.pk}/time/", typed)
    late = client.post(f"/envelopes/{envelope.pk}/time/", {"deadline_on": "2020-01-01"})

    envelope.refresh_from_db()
    assert envelope.deadline_at and envelope.deadline_at.year == 2031
    assert envelope.reminders == {"first_after_days": 2, "every_days": 4, "at_most": 3}
    assert "The deadline has passed" in late.content.decode()


def test_correcting_asks_first_and_leads_to_a_draft(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    make.act(make.party(envelope, name="Erin"))
    client.force_login(cast.alice)

    asked = client.get(f"/envelopes/{envelope.pk}/correct/").content.decode()
    client.post(f"/envelopes/{envelope.pk}/correct/", {"reason": "Wrong price"})

    assert "does not count" in asked
    draft = Envelope.objects.get(corrects=envelope)
    assert draft.status == Status.DRAFT
    page = client.get(f"/envelopes/{envelope.pk}/").content.decode()
    assert f"/envelopes/{draft.pk}/" in page


def test_a_question_is_answered_on_the_page(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin")
    frank = make.party(envelope, name="Frank")
    question = ask_question(make.session(frank), text="Which price?", at=NOON)
    client.force_login(cast.alice)

    before = client.get(f"/envelopes/{envelope.pk}/").content.decode()
    client.post(f"/envelopes/{envelope.pk}/questions/{question.pk}/", {"answer": "May's."})

    assert "Which price?" in before
    assert make.newest_letter(frank).kind == "question_answered"
    assert "May" in client.get(f"/envelopes/{envelope.pk}/").content.decode()
