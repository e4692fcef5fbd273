"""Pipelines: every installation begins with one, and none is ever without a stage it needs."""

import pytest

from paraph import journal
from paraph.sales.actions.pipelines import (
    add_stage,
    delete_pipeline,
    edit_stage,
    make_pipeline,
    order_stages,
    remove_stage,
)
from paraph.sales.choices import StageChoice
from paraph.sales.defaults import default_stages
from paraph.sales.models import Deal, Pipeline
from paraph.sales.queries import Money, heads_of
from paraph.sales.refusals import CannotChangePipeline
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals


def _names() -> list[str]:
    return [stage.name for stage in Pipeline.objects.earliest("id").stages.all()]


def test_an_installation_begins_with_a_pipeline(cast: Cast) -> None:
    assert _names() == ["New", "In talks", "Proposal sent", "Contract sent", "Won", "Lost"]


def test_a_new_stage_stands_before_the_end(cast: Cast) -> None:
    choice = StageChoice("Visit", "teal", "open")

    add_stage(Pipeline.objects.get(), choice, by=cast.olga.actor, at=NOON)

    assert _names() == [
        "New",
        "In talks",
        "Proposal sent",
        "Contract sent",
        "Visit",
        "Won",
        "Lost",
    ]


def test_stages_change_places_and_it_is_told(cast: Cast) -> None:
    pipeline = Pipeline.objects.get()
    turned = [stage.pk for stage in pipeline.stages.all()][::-1]

    order_stages(pipeline, turned, by=cast.olga.actor, at=NOON)

    told = journal.timeline(subject="pipeline", object_id=pipeline.pk)
    assert _names()[:2] == ["Lost", "Won"]
    assert told.get(event="pipeline.changed").facts["changes"]["order"][1].startswith("Lost · Won")


def test_a_stage_leaves_its_deals_to_another_of_its_kind(cast: Cast) -> None:
    first, second = deals.deal(cast, title="A"), deals.deal(cast, title="B", at="In talks")
    going, heir = deals.stage("New"), deals.stage("In talks")

    with pytest.raises(CannotChangePipeline, match="same kind"):
        remove_stage(going, heir=deals.stage("Won"), by=cast.olga.actor, at=NOON)
    remove_stage(going, heir=heir, by=cast.olga.actor, at=NOON)

    assert list(heir.deals.order_by("rank")) == [second, first]


def test_a_stage_with_deals_keeps_what_it_means(cast: Cast) -> None:
    deals.deal(cast)

    with pytest.raises(CannotChangePipeline, match="Deals stand in this stage"):
        edit_stage(deals.stage(), StageChoice("New", "grey", "won"), by=cast.olga.actor, at=NOON)


def test_a_pipeline_keeps_a_stage_of_each_kind(cast: Cast) -> None:
    with pytest.raises(CannotChangePipeline, match="deals that are won"):
        remove_stage(deals.stage("Won"), heir=None, by=cast.olga.actor, at=NOON)
    with pytest.raises(CannotChangePipeline, match="deals that are lost"):
        make_pipeline("Short", default_stages()[:-1], by=cast.olga.actor, at=NOON)


def test_the_last_pipeline_and_one_with_deals_stay(cast: Cast) -> None:
    first = Pipeline.objects.get()
    with pytest.raises(CannotChangePipeline, match="only pipeline"):
        delete_pipeline(first, by=cast.olga.actor, at=NOON)
    second = make_pipeline("Service", default_stages(), by=cast.olga.actor, at=NOON)
    delete_pipeline(second, by=cast.olga.actor, at=NOON)

    assert list(Pipeline.objects.all()) == [first]


def test_a_column_tells_its_sums_by_currency(cast: Cast) -> None:
    deals.deal(cast, amount="100")
    deals.deal(cast, amount="50.5")

    with_sums, *without = heads_of(
        Deal.objects.visible_to(cast.alice), Pipeline.objects.get().stages.all()
    )

    assert (with_sums.count, with_sums.sums) == (
        2,
        [Money(deals.card(cast, amount="150.5").amount, "EUR")],
    )
    assert all(head.count == 0 for head in without)
