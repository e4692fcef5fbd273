"""The second look at completed documents, by other eyes than those that made them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from paraph.kit import db, files, sandbox
from paraph.kit.jobs import enqueue, job
from paraph.sealing.draft import Paper
from paraph.sealing.report import Report
from paraph.sealing.sandboxed import MOST_TOGETHER, verify_all_isolated
from paraph.sealing.verdicts import Verdict, verdict_of

from .. import revisions
from ..actions.sealing import confirm_completions, doubt_completion
from ..assembly.building import Base
from ..integrity.doubts import Kept, kept_for
from ..models import Envelope

AUDITED_AFTER = timedelta(seconds=10)
AT_ONCE = 8
NOT_A_JUDGEMENT = {"too-slow", "too-large", "check-failed"}

_looking = threading.Lock()


class NoJudgement(RuntimeError):
    """The second look did not come to an end, so it says nothing for or against a file."""


@job(queue="audit", priority=-5)
def audit_completed() -> None:
    """Look at some completed documents that await it; order the rest for after that."""
    if not _looking.acquire(blocking=False):
        return
    try:
        envelopes = revisions.unaudited(before=timezone.now(), limit=AT_ONCE)
        _audit(envelopes)
    finally:
        _looking.release()
    if len(envelopes) == AT_ONCE:
        with db.unit_of_work():
            enqueue(audit_completed, once="audit-completed-more")


def _audit(envelopes: Sequence[Envelope]) -> None:
    """Judge all, as many together as a child takes; what could not be is told at the end."""
    unjudged = [pk for some in portions(envelopes) for pk in _judge(some)]
    if unjudged:
        raise NoJudgement(unjudged)


def portions(envelopes: Sequence[Envelope]) -> Iterator[Mapping[Envelope, list[Base]]]:
    """Part them so that no more lies open at once; a large one is alone."""
    portion: dict[Envelope, list[Base]] = {}
    room = MOST_TOGETHER
    for envelope in envelopes:
        heads = revisions.heads(envelope)
        size = sum(base.revision.size for base in heads)
        if portion and size > room:
            yield portion
            portion, room = {}, MOST_TOGETHER
        portion[envelope] = heads
        room -= size
    yield portion


def _judge(envelopes: Mapping[Envelope, list[Base]]) -> list[int]:
    """Confirm what holds, doubt what does not, and return which could not be judged."""
    findings = {envelope.pk: _look(envelope, heads) for envelope, heads in envelopes.items()}
    papers = [paper for found in findings.values() for paper in found.papers.values()]
    reports = _verified(papers) if papers else []
    for found in findings.values():
        found.judge([reports.pop(0) for _paper in found.papers])
    at = timezone.now()
    confirm_completions([e for e in envelopes if findings[e.pk].is_sound], at=at)
    for envelope in envelopes:
        if reasons := findings[envelope.pk].reasons:
            doubt_completion(envelope, reasons=reasons, at=at)
    return [pk for pk, found in findings.items() if not found.is_judged]


def _verified(papers: Sequence[Paper]) -> list[Report]:
    """Ask whether they hold, and of no root: the certificates behind them are compared with those
    that we kept, and to find out who vouches for them took as long as all the rest.
    """
    return verify_all_isolated(papers, trust=(), walls=sandbox.walls())


@dataclass
class Finding:
    """What the second look saw of one envelope."""

    kept: Kept
    papers: dict[Base, Paper]
    reasons: list[str]
    is_judged: bool = True

    @property
    def is_sound(self) -> bool:
        return self.is_judged and not self.reasons

    def judge(self, reports: Sequence[Report]) -> None:
        """Take the reports on the contents in."""
        for base, report in zip(self.papers, reports, strict=True):
            if NOT_A_JUDGEMENT.intersection(report.codes):
                self.is_judged = False
            elif report.verdict is not Verdict.INTACT:
                told = report.codes
                self.reasons += [it for it in told if verdict_of([it]) is not Verdict.INTACT]
            elif not self.kept.are_in(report, base.document):
                self.reasons.append("other-certificate")


def _look(envelope: Envelope, heads: Sequence[Base]) -> Finding:
    """Open the files, as the store has them."""
    kept = kept_for(envelope)
    try:
        return Finding(kept, {head: head.opened() for head in heads}, [])
    except (files.FileDamaged, FileNotFoundError):
        return Finding(kept, {}, ["damaged"])
