"""Further fields on the desk: administrators arrange them, others only see what they hold."""

from django.test import Client

from paraph.contacts.fields import custom_fields
from paraph.contacts.models import CustomField
from tests.cast import Cast

TIER = {"label": "Tier", "kind": "choice", "choices": "Gold\n Silver \nGold", "help": ""}


def _labels() -> list[str]:
    return [field.label for field in custom_fields()]


def test_an_administrator_adds_orders_edits_and_archives_fields(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.olga)
    client.post("/contacts/fields/new/", TIER)
    client.post("/contacts/fields/new/", {"label": "Since", "kind": "date"})
    tier = CustomField.objects.get(label="Tier")

    client.post(f"/contacts/fields/{tier.pk}/down/")
    moved = _labels()
    client.post(f"/contacts/fields/{tier.pk}/", TIER | {"label": "Rank", "is_required": "on"})
    client.post(f"/contacts/fields/{tier.pk}/archive/")

    tier.refresh_from_db()
    assert moved == ["Since", "Tier"]
    assert (tier.label, tier.choices, tier.is_required) == ("Rank", ["Gold", "Silver"], True)
    assert _labels() == ["Since"]
    assert "Show Rank again" in client.get("/contacts/fields/").content.decode()


def test_what_is_missing_is_said_and_nothing_is_lost(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    page = client.post("/contacts/fields/new/", TIER | {"choices": "Gold", "help": "Ask sales."})

    assert page.status_code == 422
    assert "Write at least two choices, one a line." in page.content.decode()
    assert "Ask sales." in page.content.decode()


def test_nobody_else_arranges_them(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    assert client.get("/contacts/fields/").status_code == 404
    assert client.post("/contacts/fields/new/", TIER).status_code == 404
