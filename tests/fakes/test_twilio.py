"""The fake answers in the shapes that Twilio documents for its Message resource."""

import httpx

from tests.fakes.twilio import ACCOUNT, TOKEN, UNUSABLE, twilio

MESSAGE_KEYS = {
    "sid",
    "status",
    "to",
    "from",
    "body",
    "error_code",
    "error_message",
    "num_segments",
}
ERROR_KEYS = {"code", "message", "more_info", "status"}


def _path(url: str) -> str:
    return f"{url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def test_a_created_message_has_the_documented_shape() -> None:
    form = {"To": "+33612345601", "From": "+33700000000", "Body": "Hello"}

    with twilio() as fake:
        answer = httpx.post(_path(fake.url), data=form, auth=(ACCOUNT, TOKEN))

    assert answer.status_code == 201
    assert answer.json().keys() >= MESSAGE_KEYS
    assert answer.json()["sid"].startswith("SM") and len(answer.json()["sid"]) == 34


def test_refusals_carry_twilios_error_codes() -> None:
    form = {"To": UNUSABLE, "From": "+33700000000", "Body": "Hello"}

    with twilio() as fake:
        stranger = httpx.post(_path(fake.url), data=form, auth=(ACCOUNT, "guess"))
        invalid = httpx.post(_path(fake.url), data=form, auth=(ACCOUNT, TOKEN))

    assert (stranger.status_code, stranger.json()["code"]) == (401, 20003)
    assert (invalid.status_code, invalid.json()["code"]) == (400, 21211)
    assert invalid.json().keys() >= ERROR_KEYS
