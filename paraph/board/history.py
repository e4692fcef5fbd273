"""Where envelopes stood and how long, read from what happened: rules are tried on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from paraph.journal import Fact
from paraph.journal.models import Mention
from paraph.signing.models import Envelope, Party, Standing

from .models import StageRule

MOST_TRIED = 2000

ENDINGS = {
    "envelope.closing": Standing.CLOSING,
    "envelope.completed": Standing.COMPLETED,
    "envelope.declined": Standing.DECLINED,
    "envelope.expired": Standing.EXPIRED,
    "envelope.cancelled": Standing.CANCELLED,
    "envelope.corrected": Standing.CANCELLED,
}
DONE = {"party.signed", "party.approved", "party.declined", "party.released", "party.replaced"}
TOLD = {"envelope.created", "envelope.sent", "party.asked", *ENDINGS, *DONE}


@dataclass(frozen=True)
class Stay:
    """That an envelope stood somewhere, from one moment to another or until now."""

    envelope_id: int
    standing: Standing
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Occasion:
    """That a rule would have done its deed."""

    envelope: Envelope
    at: datetime


@dataclass
class Course:
    """One envelope's way, fact by fact."""

    outside: Collection[int]
    asked: set[int] = field(default_factory=set)
    standing: Standing = Standing.DRAFT

    def after(self, event: str, party_id: int | None) -> Standing:
        """Return where the envelope stands once that has happened."""
        if event in ENDINGS:
            self.standing = ENDINGS[event]
            return self.standing
        if event == "party.asked" and party_id is not None:
            self.asked.add(party_id)
        if event in DONE and party_id is not None:
            self.asked.discard(party_id)
        if event == "envelope.created" or self.standing not in _ON_THE_WAY:
            return self.standing
        if event != "envelope.sent" and self.standing is Standing.DRAFT:
            return self.standing
        is_outside = any(party in self.outside for party in self.asked)
        self.standing = Standing.WITH_CLIENT if is_outside else Standing.WITH_US
        return self.standing


_ON_THE_WAY = {Standing.DRAFT, Standing.WITH_US, Standing.WITH_CLIENT}


def stays(envelopes: Iterable[int]) -> Iterator[Stay]:
    """Tell where these envelopes stood, one stay after another."""
    keys = list(envelopes)
    outside = set(
        Party.objects.filter(envelope__in=keys, employee=None).values_list("pk", flat=True)
    )
    for envelope_id, facts in _facts(keys).items():
        course, begun = Course(outside), None
        for fact in facts:
            before = course.standing
            standing = course.after(fact.event, fact.facts.get("party_id"))
            if begun is None:
                begun = fact.at
            elif standing is not before:
                yield Stay(envelope_id, before, begun, fact.at)
                begun = fact.at
        if begun is not None:
            yield Stay(envelope_id, course.standing, begun, None)


def _facts(keys: Collection[int]) -> Mapping[int, list[Fact]]:
    mentions = Mention.objects.filter(noun="envelope", object_id__in=keys, fact__event__in=TOLD)
    by_envelope: dict[int, list[Fact]] = defaultdict(list)
    for mention in mentions.select_related("fact__payload").order_by("fact__at", "fact_id"):
        by_envelope[mention.object_id].append(mention.fact)
    return by_envelope


def occasions(rule: StageRule, *, since: datetime, at: datetime) -> list[Occasion]:
    """Return what the rule would have done in that time, the newest first."""
    begun = since - rule.patience
    moving = Q(closed_at=None) | Q(closed_at__gte=begun)
    rows = rule.concerned().filter(moving).select_related("responsible")
    tried = {it.pk: it for it in rows.order_by("-stands_since")[:MOST_TRIED]}
    held = set(rule.stage.standings)
    found = [
        Occasion(tried[stay.envelope_id], stay.since + rule.patience)
        for stay in stays(tried)
        if stay.standing in held and _lasted(stay, rule.patience, at)
    ]
    within = (it for it in found if since <= it.at <= at)
    return sorted(within, key=lambda it: it.at, reverse=True)


def _lasted(stay: Stay, patience: timedelta, at: datetime) -> bool:
    """Tell whether a stay was long enough; one that ended at once is none."""
    until = stay.until or at
    return until >= stay.since + patience and stay.until != stay.since
