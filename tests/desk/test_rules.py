"""The pages of the rules of stages: written, tried, switched on, followed once, deleted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from paraph.board.jobs import follow_rules
from paraph.board.models import RuleRun, Stage, StageRule
from paraph.sales.models import DealStage
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow


def _stage() -> Stage:
    return Stage.objects.get(usual="with-client")


def _said(**more: object) -> dict[str, object]:
    usual = {"name": "Watch", "stage": _stage().pk, "after_days": "0", "deed": "note"}
    return usual | {"text": "Call them"} | more


def _write(client: Client, **more: object) -> StageRule:
    answer = client.post("/rules/new/", _said(**more))
    assert answer.status_code == 302
    return StageRule.objects.latest("pk")


def test_a_rule_is_written_tried_and_changed(client: Client, cast: Cast) -> None:
    at = datetime.now(UTC) - timedelta(days=2)
    envelope = make.sent(cast, parties="Frank > Erin", at=at)
    client.force_login(cast.olga)

    rule = _write(client)
    tried = client.get(f"/rules/{rule.pk}/try/").content.decode()
    changed = client.post(f"/rules/{rule.pk}/", _said(name="Watch more", after_days="3"))

    rule.refresh_from_db()
    link = f'"/envelopes/{envelope.pk}/"'
    assert link in tried
    assert not RuleRun.objects.exists()
    assert (changed.status_code, rule.name, rule.after_days) == (302, "Watch more", 3)
    again = client.get(f"/rules/{rule.pk}/try/").content.decode()
    assert link not in again
    assert "would have done nothing" in again


def test_a_rule_is_switched_on_followed_once_and_told(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    rule = _write(client)
    client.post(f"/rules/{rule.pk}/switch/", {"on": "1"})
    envelope = make.sent(cast, parties="Frank > Erin", at=datetime.now(UTC))

    for _time in range(2):
        follow_rules.run()

    assert RuleRun.objects.filter(rule=rule, envelope=envelope).count() == 1
    page = client.get(f"/envelopes/{envelope.pk}/").content.decode()
    assert page.count("Call them") == 1
    client.post(f"/rules/{rule.pk}/switch/", {"on": ""})
    make.sent(cast, parties="Frank > Erin", at=datetime.now(UTC))
    follow_rules.run()
    assert RuleRun.objects.count() == 1


def test_a_rule_is_deleted_and_what_it_did_stays_told(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    rule = _write(client, is_on="on")
    envelope = make.sent(cast, parties="Frank > Erin", at=datetime.now(UTC))
    follow_rules.run()

    client.post(f"/rules/{rule.pk}/delete/")

    assert not StageRule.objects.exists()
    assert "Call them" in client.get(f"/envelopes/{envelope.pk}/").content.decode()
    assert client.post(f"/rules/{rule.pk}/switch/", {"on": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"deed": "note", "text": ""}, "Write the note."),
        ({"deed": "notify", "whom": ""}, "Choose to whom it writes."),
        ({"deed": "notify", "whom": "person", "person": ""}, "Choose a person."),
        ({"deed": "hand-over", "person": ""}, "Choose a person."),
        ({"deed": "move-deal", "deal_stage": ""}, "Choose where the deal goes."),
        ({"name": ""}, "This field is required."),
        ({"after_days": "366"}, "less than or equal to 365"),
    ],
)
def test_what_a_rule_lacks_is_said(
    client: Client, cast: Cast, said: dict[str, object], words: str
) -> None:
    client.force_login(cast.olga)

    answer = client.post("/rules/new/", _said(**said))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not StageRule.objects.exists()


def test_only_what_the_deed_needs_is_kept(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    elsewhere = {"whom": "person", "person": cast.alice.pk, "deal_stage": _any_deal_stage()}

    rule = _write(client, **elsewhere)

    assert (rule.whom, rule.person, rule.deal_stage) == ("", None, None)


def _any_deal_stage() -> object:
    stage = DealStage.objects.first()
    return stage.pk if stage else ""


def test_rules_are_the_administrators(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    rule = _write(client)
    client.force_login(cast.alice)

    for path in ("", "new/", f"{rule.pk}/", f"{rule.pk}/try/"):
        assert client.get(f"/rules/{path}").status_code == 404
    for verb in ("switch", "delete"):
        assert client.post(f"/rules/{rule.pk}/{verb}/").status_code == 404
