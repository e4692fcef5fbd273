"""Each provider of texts by its own protocol: taken, refused, lost, and who steps in."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from paraph.messaging.handing import hand_over
from paraph.messaging.models import Message, MessageState
from tests.fakes import texting
from tests.fakes.texting import CONSUMER, KEY, SECRET, SERVICE, TOKEN, Provider
from tests.messaging.letters import written
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = NOON + timedelta(minutes=1)
KINDS = {
    "smsapi": texting.Smsapi,
    "vonage": texting.Vonage,
    "ovh": texting.Ovh,
    "gateway": texting.Gateway,
}
SET = {
    "smsapi": {"SMSAPI_TOKEN": TOKEN, "SMSAPI_FROM": "Paraph"},
    "vonage": {"VONAGE_KEY": KEY, "VONAGE_SECRET": SECRET, "VONAGE_FROM": "Paraph"},
    "ovh": {
        "OVH_SMS_SERVICE": SERVICE,
        "OVH_APPLICATION_KEY": KEY,
        "OVH_APPLICATION_SECRET": SECRET,
        "OVH_CONSUMER_KEY": CONSUMER,
    },
    "gateway": {
        "GATEWAY_TOKEN": TOKEN,
        "GATEWAY_BODY": json.dumps({"messages": [{"dest": "{to}", "body": "{text}"}]}),
        "GATEWAY_ID": "messages.0.id",
    },
}
TO = "33612345601"
LEDGER = {
    "smsapi": lambda row: (row["to"], row["message"]),
    "vonage": lambda row: (row["to"], row["text"]),
    "ovh": lambda row: (row["receivers"][0].removeprefix("+"), row["message"]),
    "gateway": lambda row: (
        row["messages"][0]["dest"].removeprefix("+"),
        row["messages"][0]["body"],
    ),
}


def _configure(settings: Settings, name: str, url: str) -> None:
    for setting, value in SET[name].items():
        setattr(settings, setting, value)
    setattr(settings, f"{name.upper()}_URL", url)


@pytest.fixture(params=list(KINDS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def texts(settings: Settings, name: str) -> Iterator[Provider]:
    with texting.provider(KINDS[name]) as served:
        _configure(settings, name, served.url)
        yield served


def test_a_provider_is_given_the_number_and_the_words(texts: Provider, name: str) -> None:
    written(channel="sms")

    [row] = texts.sent
    assert LEDGER[name](row) == (TO, "Hello by text")
    kept = Message.objects.get()
    assert (kept.state, kept.provider, kept.text) == (MessageState.SENT, name, "")
    assert kept.provider_id


def test_a_provider_that_is_busy_is_asked_again(texts: Provider) -> None:
    texts.busy = True
    message = written(channel="sms")
    assert Message.objects.get().state == MessageState.QUEUED
    texts.busy = False

    hand_over(message.pk, at=LATER)

    assert len(texts.sent) == 1
    assert Message.objects.get().state == MessageState.SENT


def test_a_lost_answer_never_writes_twice(texts: Provider, name: str) -> None:
    """Who can be asked is asked; where nobody can tell, it stays unknown."""
    texts.hang_up = True
    message = written(channel="sms")

    hand_over(message.pk, at=LATER)

    known = MessageState.UNKNOWN if name in {"vonage", "gateway"} else MessageState.SENT
    assert len(texts.sent) == 1
    assert Message.objects.get().state == known


def test_a_gateway_that_knows_repeats_is_asked_again(settings: Settings) -> None:
    with texting.provider(texting.Gateway) as served:
        _configure(settings, "gateway", served.url)
        settings.GATEWAY_REPEATS = True
        served.hang_up = True
        message = written(channel="sms")

        hand_over(message.pk, at=LATER)

    assert len(served.sent) == 1
    assert Message.objects.get().state == MessageState.SENT


@pytest.mark.parametrize("name", ["smsapi", "vonage", "ovh"], indirect=False)
def test_a_number_that_is_none_is_told_and_not_tried_again(settings: Settings, name: str) -> None:
    with texting.provider(KINDS[name]) as served:
        _configure(settings, name, served.url)

        written(channel="sms", to="+" + texting.UNUSABLE)

    kept = Message.objects.get()
    assert (kept.state, served.sent) == (MessageState.FAILED, [])
    assert kept.error


def test_a_second_provider_steps_in_for_one_that_is_down(settings: Settings) -> None:
    with texting.provider(texting.Smsapi) as first, texting.provider(texting.Vonage) as second:
        _configure(settings, "smsapi", first.url)
        _configure(settings, "vonage", second.url)
        settings.SMS_PROVIDERS = ["smsapi", "vonage"]
        first.busy = True

        written(channel="sms")

    assert (len(first.sent), len(second.sent)) == (0, 1)
    assert Message.objects.get().provider == "vonage"


def test_no_second_provider_writes_what_the_first_may_have_taken(settings: Settings) -> None:
    with texting.provider(texting.Vonage) as first, texting.provider(texting.Smsapi) as second:
        _configure(settings, "vonage", first.url)
        _configure(settings, "smsapi", second.url)
        settings.SMS_PROVIDERS = ["vonage", "smsapi"]
        first.hang_up = True
        message = written(channel="sms")

        hand_over(message.pk, at=LATER)

    assert (len(first.sent), len(second.sent)) == (1, 0)
    assert Message.objects.get().state == MessageState.UNKNOWN


def test_words_that_look_like_placeholders_stay_words(settings: Settings) -> None:
    with texting.provider(texting.Gateway) as served:
        _configure(settings, "gateway", served.url)

        written(channel="sms", word="{to} {key}")

    assert served.sent[0]["messages"][0]["body"] == "{to} {key} by text"


def test_a_gateway_timeout_may_have_taken_it_so_nobody_else_writes(settings: Settings) -> None:
    with texting.provider(texting.Vonage) as first, texting.provider(texting.Smsapi) as second:
        _configure(settings, "vonage", first.url)
        _configure(settings, "smsapi", second.url)
        settings.SMS_PROVIDERS = ["vonage", "smsapi"]
        first.times_out = True

        written(channel="sms")

    assert (len(first.sent), len(second.sent)) == (1, 0)


def test_a_text_that_leaves_while_it_is_looked_for_is_found(settings: Settings) -> None:
    with texting.provider(texting.Ovh) as served:
        _configure(settings, "ovh", served.url)
        served.hang_up = served.leaves_late = True
        message = written(channel="sms")

        hand_over(message.pk, at=LATER)

    assert len(served.sent) == 1
    assert Message.objects.get().state == MessageState.SENT
