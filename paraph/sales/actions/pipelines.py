"""Pipelines and their stages are made, renamed, ordered and taken away here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.rules import changes
from paraph.journal import Actor
from paraph.kit import db

from .. import rules, steps
from ..choices import StageChoice
from ..events import PipelineChanged, PipelineDeleted, PipelineMade, StageAdded, StageRemoved
from ..models import Deal, DealStage, Pipeline
from ..refusals import CannotChangePipeline


@db.transaction
def make_pipeline(
    name: str, stages: Sequence[StageChoice], *, by: Actor, at: datetime
) -> Pipeline:
    """Make a pipeline with these stages, below those there are."""
    if obstacles := rules.obstacles_to_stages(stage.kind for stage in stages):
        raise CannotChangePipeline(obstacles)
    pipeline = Pipeline(name=_named(name), position=Pipeline.objects.count() + 1)
    pipeline.save()
    for position, stage in enumerate(stages, start=1):
        DealStage.objects.create(pipeline=pipeline, position=position, **vars(stage))
    titles = [stage.name for stage in stages]
    made = PipelineMade(pipeline_id=pipeline.pk, title=pipeline.name, stages=titles)
    journal.record(made, by=by, at=at)
    return pipeline


@db.transaction
def rename_pipeline(pipeline: Pipeline, *, name: str, by: Actor, at: datetime) -> None:
    """Call a pipeline something else."""
    pipeline.lock()
    before, pipeline.name = pipeline.name, _named(name)
    pipeline.save(update_fields=["name"])
    if before != pipeline.name:
        _record(pipeline, {"name": [before, pipeline.name]}, by=by, at=at)


@db.transaction
def delete_pipeline(pipeline: Pipeline, *, by: Actor, at: datetime) -> None:
    """Take a pipeline away; refused while deals stand in it, and for the last one."""
    list(Pipeline.objects.select_for_update().order_by("pk"))  # two at once leave one
    pipeline.lock()
    if Deal.objects.filter(stage__pipeline=pipeline).exists():
        raise CannotChangePipeline(_("Move the deals of this pipeline elsewhere first."))
    if Pipeline.objects.count() == 1:
        raise CannotChangePipeline(_("This is the only pipeline: deals need one."))
    gone = PipelineDeleted(pipeline_id=pipeline.pk, title=pipeline.name)
    pipeline.delete()
    journal.record(gone, by=by, at=at)


@db.transaction
def add_stage(pipeline: Pipeline, choice: StageChoice, *, by: Actor, at: datetime) -> DealStage:
    """Add a stage: an open one before those that end, others at the end."""
    pipeline.lock()
    stages = list(pipeline.stages.all())
    stage = DealStage(pipeline=pipeline, **(vars(choice) | {"name": _named(choice.name)}))
    place = sum(other.is_open for other in stages) if stage.is_open else len(stages)
    stage.save()
    _order([*stages[:place], stage, *stages[place:]])
    journal.record(StageAdded(pipeline_id=pipeline.pk, title=stage.name), by=by, at=at)
    return stage


@db.transaction
def edit_stage(stage: DealStage, choice: StageChoice, *, by: Actor, at: datetime) -> None:
    """Give a stage another name, colour or kind; its kind stays while deals stand in it."""
    stage.pipeline.lock()
    stage.lock()
    if choice.kind != stage.kind:
        _require_kind_free(stage, choice.kind)
    kept = DealStage.objects.get(pk=stage.pk)
    stage.name, stage.colour, stage.kind = _named(choice.name), choice.colour, choice.kind
    stage.save(update_fields=["name", "colour", "kind"])
    if changed := changes(kept, stage, fields=["name", "colour", "kind"]):
        _record(stage.pipeline, changed, by=by, at=at)


@db.transaction
def order_stages(pipeline: Pipeline, stages: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Put the stages into this order (ids); those not named stay behind them."""
    pipeline.lock()
    before = list(pipeline.stages.all())
    place = {pk: number for number, pk in enumerate(stages)}
    after = sorted(before, key=lambda stage: place.get(stage.pk, len(place)))
    if before == after:
        return
    _order(after)
    names = [" · ".join(stage.name for stage in order) for order in (before, after)]
    _record(pipeline, {"order": names}, by=by, at=at)


@db.transaction
def remove_stage(stage: DealStage, *, heir: DealStage | None, by: Actor, at: datetime) -> None:
    """Take a stage away; its deals move to the end of the heir, a stage of the same kind."""
    stage.pipeline.lock()
    stage.lock()
    others = stage.pipeline.stages.exclude(pk=stage.pk)
    if obstacles := rules.obstacles_to_stages(other.kind for other in others):
        raise CannotChangePipeline(obstacles)
    moved = 0
    if Deal.objects.filter(stage=stage).exists():
        if heir is None or heir.pk == stage.pk or heir.kind != stage.kind:
            raise CannotChangePipeline(_("Choose a stage of the same kind for its deals."))
        moved = steps.move_everything(stage, to=heir)
    pipeline, title = stage.pipeline, stage.name
    stage.delete()
    removed = StageRemoved(
        pipeline_id=pipeline.pk, title=title, heir=heir.name if heir else "", deals=moved
    )
    journal.record(removed, by=by, at=at)


def _named(name: str) -> str:
    if not name.strip():
        raise CannotChangePipeline(_("Write a name."))
    return name.strip()


@db.transaction_required
def _require_kind_free(stage: DealStage, kind: str) -> None:
    """Refuse another kind while deals would turn won or lost by it, or where it is the last."""
    if Deal.objects.filter(stage=stage).exists():
        raise CannotChangePipeline(
            _("Deals stand in this stage: move them before you change what it means.")
        )
    others = stage.pipeline.stages.exclude(pk=stage.pk).values_list("kind", flat=True)
    if obstacles := rules.obstacles_to_stages([*others, kind]):
        raise CannotChangePipeline(obstacles)


@db.transaction_required
def _order(stages: Sequence[DealStage]) -> None:
    for position, stage in enumerate(stages, start=1):
        stage.position = position
        stage.save(update_fields=["position"])


@db.transaction_required
def _record(pipeline: Pipeline, changed: dict[str, list[str]], *, by: Actor, at: datetime) -> None:
    journal.record(PipelineChanged(pipeline_id=pipeline.pk, changes=changed), by=by, at=at)
