"""What providers tell later: forged, late and repeated receipts change nothing."""

import base64
import hashlib
import hmac

import pytest
from django.test import Client
from pytest_django import Settings

from paraph.messaging.carriers.receipts import address_for, key_for
from paraph.messaging.models import Message, MessageState
from tests.moments import NOON

pytestmark = pytest.mark.usefixtures("cast")


def _sent(provider: str, *, id: str = "m-1") -> Message:
    return Message.objects.create(
        once=id,
        kind="test_letter",
        channel="sms",
        recipient="+33612345601",
        state=MessageState.SENT,
        provider=provider,
        provider_id=id,
        message_id=f"<{id}@example.org>",
        created_at=NOON,
    )


TOLD = [
    ("smsapi", {"MsgId": "9", "idx": "m-1", "status": "404"}, MessageState.DELIVERED),
    ("smsapi", {"MsgId": "9,8", "idx": "m-0,m-1", "status": "404,405"}, MessageState.BOUNCED),
    ("smsapi", {"MsgId": "9", "idx": "m-1", "status": "403"}, MessageState.SENT),
    ("ovh", {"id": "m-1", "ptt": "4", "descriptionDlr": "Success"}, MessageState.DELIVERED),
    ("ovh", {"id": "m-1", "ptt": "2"}, MessageState.SENT),
    ("ovh", {"id": "m-1", "ptt": "999", "descriptionDlr": "Failed"}, MessageState.BOUNCED),
    ("vonage", {"messageId": "m-1", "status": "delivered"}, MessageState.DELIVERED),
    ("vonage", {"messageId": "m-1", "status": "buffered"}, MessageState.SENT),
    ("vonage", {"messageId": "m-1", "status": "failed", "err-code": "6"}, MessageState.BOUNCED),
]


@pytest.mark.parametrize(("provider", "told", "state"), TOLD)
def test_a_receipt_tells_what_became_of_a_text(
    client: Client, provider: str, told: dict[str, str], state: str
) -> None:
    message = _sent(provider)

    answer = client.get(f"/receipts/{provider}/{key_for(provider)}/", told)

    message.refresh_from_db()
    assert (answer.content, message.state) == (b"OK", state)


def test_a_gateway_tells_in_json(client: Client) -> None:
    message = _sent("gateway")
    told = {"id": "m-1", "state": "failed", "reason": "No such number"}

    client.post(f"/receipts/gateway/{key_for('gateway')}/", told, content_type="application/json")

    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.BOUNCED, "No such number")


def test_late_and_repeated_receipts_change_nothing(client: Client) -> None:
    message = _sent("vonage")
    address = f"/receipts/vonage/{key_for('vonage')}/"
    for status in ("delivered", "delivered", "failed"):
        client.get(address, {"messageId": "m-1", "status": status, "err-code": "1"})

    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.DELIVERED, "")


def test_who_does_not_know_the_address_tells_nothing(client: Client) -> None:
    message = _sent("vonage")
    told = {"messageId": "m-1", "status": "failed"}
    guesses = [f"/receipts/vonage/{key_for('ovh')}/", f"/receipts/carrier-pigeon/{'0' * 40}/"]

    answers = [client.get(guess, told).status_code for guess in guesses]

    message.refresh_from_db()
    assert (answers, message.state) == ([404, 404], MessageState.SENT)


def test_twilio_signs_what_it_tells(client: Client, settings: Settings) -> None:
    settings.PARAPH_URL, settings.TWILIO_TOKEN = "https://sign.example.org", "a-token"
    message, told = _sent("twilio"), {"MessageSid": "m-1", "MessageStatus": "delivered"}
    words = address_for("twilio") + "MessageSidm-1MessageStatusdelivered"
    mac = base64.b64encode(hmac.new(b"a-token", words.encode(), hashlib.sha1).digest()).decode()
    address = f"/receipts/twilio/{key_for('twilio')}/"

    forged = client.post(address, told, headers={"X-Twilio-Signature": "guess"})
    true = client.post(address, told, headers={"X-Twilio-Signature": mac})

    message.refresh_from_db()
    assert (forged.status_code, true.status_code) == (404, 200)
    assert message.state == MessageState.DELIVERED


def test_receipts_are_asked_for_only_where_somebody_can_leave_them(settings: Settings) -> None:
    settings.PARAPH_URL = "http://localhost:8000"
    at_home = address_for("twilio")
    settings.PARAPH_URL = "https://sign.example.org"

    assert at_home == ""
    assert address_for("twilio").startswith("https://sign.example.org/receipts/twilio/")
