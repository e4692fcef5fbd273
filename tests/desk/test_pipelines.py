"""Pipelines on the desk: only who may edit settings changes them."""

from django.test import Client

from paraph.sales.models import DealStage, Pipeline
from tests.cast import Cast
from tests.sales import deals


def test_a_pipeline_is_made_renamed_and_given_a_stage(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    client.post("/pipelines/new/", {"name": "Service"})
    made = Pipeline.objects.get(name="Service")
    client.post(f"/pipelines/{made.pk}/", {"name": "Care"})
    client.post(
        f"/pipelines/{made.pk}/stages/", {"name": "Visit", "colour": "pink", "kind": "open"}
    )

    page = client.get(f"/pipelines/{made.pk}/").content.decode()
    assert Pipeline.objects.filter(name="Care").exists()
    assert "Visit" in page


def test_stages_are_ordered_changed_and_removed(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    deals.deal(cast)
    new, talks = deals.stage("New"), deals.stage("In talks")
    page = f"/pipelines/{new.pipeline_id}/"

    client.post(page, {"move": str(new.pk)})
    client.post(
        f"/pipelines/stages/{talks.pk}/", {"name": "Talks", "colour": "teal", "kind": "open"}
    )
    asked = client.get(f"/pipelines/stages/{new.pk}/remove/").content.decode()
    client.post(f"/pipelines/stages/{new.pk}/remove/", {"heir": talks.pk})

    names = list(DealStage.objects.values_list("name", flat=True))
    assert "1 deal stands in it." in asked
    assert names[:2] == ["Talks", "Proposal sent"]
    assert deals.stage("Talks").deals.count() == 1


def test_an_employee_does_not_change_pipelines(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    assert client.get("/pipelines/").status_code == 404
    assert client.post("/pipelines/new/", {"name": "Mine"}).status_code == 404
