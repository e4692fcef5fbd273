"""Long work on many documents: reminding, calling back, more time, another responsible, a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.batches.choosing import change_each, each_reached, write_chosen
from paraph.batches.kinds import Stretch, Tick, by_stretches, writing_a_file
from paraph.batches.models import Batch
from paraph.batches.stretching import after, next_traces
from paraph.kit.errors import Refused
from paraph.kit.listing import Selection
from paraph.people.access import Right, Section, reach
from paraph.people.models import Employee
from paraph.sales.queries import seen_deal
from paraph.signing import steering
from paraph.signing.models import Before, Envelope, Envelopes

from .listing import envelope_listing

SIZE = 25
"""A reminder writes a dozen rows: so many are done in one transaction."""
Change = Callable[[Envelope], None]


def chosen_envelopes(batch: Batch, *, at: datetime, right: Right = Right.VIEW) -> Envelopes:
    """Return what the batch was given, as far as its owner's right reaches now."""
    rows = Envelope.objects.visible_to(batch.owner, right)
    selection = Selection.from_json(batch.given["selection"])
    with timezone.override(batch.owner.time_zone):
        chosen = envelope_listing(at=at).selected(rows, selection)
    return chosen.select_related("responsible")


@by_stretches("envelopes.remind", title=gettext_lazy("Remind"))
def remind_envelopes(batch: Batch, at: datetime) -> Stretch:
    """Write again to everybody whose turn it is."""

    def remind(envelope: Envelope) -> None:
        steering.remind_all(envelope, by=batch.owner.actor, at=at)

    return _each(batch, Right.SEND, remind, at=at)


@by_stretches("envelopes.cancel", title=gettext_lazy("Cancel documents"))
def cancel_envelopes(batch: Batch, at: datetime) -> Stretch:
    """Call the documents back; their parties read the reason."""

    def cancel(envelope: Envelope) -> None:
        reason = batch.given["reason"]
        steering.call_back(envelope, reason=reason, by=batch.owner.actor, at=at)

    return _each(batch, Right.SEND, cancel, at=at)


def _give_back(batch: Batch, at: datetime) -> Stretch:
    """Give the documents back to whom they belonged, unless somebody has changed it since."""

    def give(envelope: Envelope, before: str) -> None:
        earlier = Employee.objects.get(pk=int(before))
        if not earlier.is_active:
            raise NotTakenBack(_("%s does not work here any more.") % earlier.name)
        steering.hand_over(envelope, to=earlier, by=batch.owner.actor, at=at)

    return _each_back(batch, Right.EDIT, lambda it: str(it.responsible_id), give)


@by_stretches("envelopes.hand-over", title=gettext_lazy("Change the responsible"), undo=_give_back)
def hand_over_envelopes(batch: Batch, at: datetime) -> Stretch:
    """Make somebody else responsible."""
    heir = Employee.objects.get(pk=batch.given["responsible"])

    def give(envelope: Envelope) -> None:
        if envelope.responsible_id == heir.pk:
            raise NotTakenBack(_("Is theirs already."))
        _keep(batch, envelope, before=str(envelope.responsible_id), after=str(heir.pk))
        steering.hand_over(envelope, to=heir, by=batch.owner.actor, at=at)

    return _each(batch, Right.EDIT, give, at=at)


def _take_time_back(batch: Batch, at: datetime) -> Stretch:
    """Set the deadlines as they were, where they have not passed meanwhile."""

    def give(envelope: Envelope, before: str) -> None:
        until = datetime.fromisoformat(before) if before else None
        steering.give_time(envelope, until=until, by=batch.owner.actor, at=at)

    return _each_back(batch, Right.SEND, lambda it: _written(it.deadline_at), give)


@by_stretches("envelopes.extend", title=gettext_lazy("Move the deadline"), undo=_take_time_back)
def extend_envelopes(batch: Batch, at: datetime) -> Stretch:
    """Give the parties until the end of another day."""
    until = datetime.fromisoformat(batch.given["until_at"])

    def extend(envelope: Envelope) -> None:
        before = _written(envelope.deadline_at)
        steering.give_time(envelope, until=until, by=batch.owner.actor, at=at)
        _keep(batch, envelope, before=before, after=_written(until))

    return _each(batch, Right.SEND, extend, at=at)


@writing_a_file("envelopes.export", title=gettext_lazy("Export documents"))
def export_envelopes(batch: Batch, file: BinaryIO, tick: Tick) -> None:
    """Write the list that its owner has ordered."""
    at = timezone.now()
    listing = envelope_listing(at=at)
    columns = listing.columns_chosen(batch.given["columns"])
    needs = [need for column in columns for need in column.needs]
    rows = chosen_envelopes(batch, at=at, right=Right.EXPORT).defer("search_text")
    rows = rows.select_related(*needs, "responsible")
    rows = rows.annotate(deal_title=seen_deal(batch.owner))
    write_chosen(batch, rows, listing, into=file, tick=tick)


class NotTakenBack(Refused):
    """A row stays as it is."""

    code = "not-taken-back"


def _each(batch: Batch, right: Right, change: Change, *, at: datetime) -> Stretch:
    """Do one thing to each of the next envelopes that the right reaches."""
    chosen = chosen_envelopes(batch, at=at)
    allowed = Envelope.objects.visible_to(batch.owner, right)
    return each_reached(batch, chosen, partial(_held, change=change), allowed=allowed, size=SIZE)


def _held(envelope: Envelope, *, change: Change) -> bool:
    envelope.lock()
    change(envelope)
    return True


def _each_back(
    batch: Batch, right: Right, value: Callable[[Envelope], str], back: Callable[..., None]
) -> Stretch:
    """Take back what was changed, where it still is as this batch left it."""
    traces = next_traces(batch, Before.objects.filter(batch=batch), size=SIZE)
    rows = Envelope.objects.select_related("responsible").in_bulk(
        [trace.envelope_id for trace in traces]
    )
    reached = _reached(batch, right, list(rows.values())) | _own_again(batch, right, traces)
    of = {trace.envelope_id: trace for trace in traces}

    def give(envelope: Envelope) -> None:
        _unless_changed(envelope, value=value, trace=of[envelope.pk], back=back)

    held = partial(_held, change=give)
    stretch = change_each([rows[key] for key in of], held, reached=reached, size=SIZE)
    return replace(stretch, after=after(traces, size=SIZE))


def _unless_changed(
    envelope: Envelope,
    *,
    value: Callable[[Envelope], str],
    trace: Before,
    back: Callable[..., None],
) -> None:
    """Take a change back in an envelope that is held, if nobody has changed it since."""
    if value(envelope) != trace.after:
        raise NotTakenBack(_("Somebody has changed this since."))
    back(envelope, before=trace.before)


def _own_again(batch: Batch, right: Right, traces: Sequence[Before]) -> set[int]:
    """Return what goes back to the owner, whose right reaches at least what is their own."""
    if not reach(batch.owner, Section.DOCUMENTS, right):
        return set()
    return {trace.envelope_id for trace in traces if trace.before == str(batch.owner_id)}


def _reached(batch: Batch, right: Right, rows: Sequence[Envelope]) -> set[int]:
    reached = Envelope.objects.visible_to(batch.owner, right)
    return set(reached.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))


def _keep(batch: Batch, envelope: Envelope, *, before: str, after: str) -> None:
    Before.objects.create(batch=batch, envelope=envelope, before=before, after=after)


def _written(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""
