"""The second look at completed documents, by other eyes than those that made them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from paraph.kit import db, files, sandbox
from paraph.kit.jobs import enqueue, job
from paraph.sealing.draft import Paper
from paraph.sealing.report import Report, Verdict
from paraph.sealing.sandboxed import verify_all_isolated

from .. import authority, revisions
from ..actions.sealing import confirm_completions, doubt_completion
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
    """Confirm what holds, doubt what does not; what could not be judged is told at the end."""
    findings = {envelope.pk: _look(envelope) for envelope in envelopes}
    papers = [paper for found in findings.values() for paper in found.papers]
    reports = _verified(papers) if papers else []
    for found in findings.values():
        found.judge([reports.pop(0) for _paper in found.papers])
    at = timezone.now()
    confirm_completions([e for e in envelopes if findings[e.pk].is_sound], at=at)
    for envelope in envelopes:
        if reasons := findings[envelope.pk].reasons:
            doubt_completion(envelope, reasons=reasons, at=at)
    if unjudged := [pk for pk, found in findings.items() if not found.is_judged]:
        raise NoJudgement(unjudged)


def _verified(papers: Sequence[Paper]) -> list[Report]:
    walls = sandbox.walls()
    return verify_all_isolated(papers, trust=authority.roots(), walls=walls)


@dataclass
class Finding:
    """What the second look saw of one envelope."""

    papers: list[Paper]
    reasons: list[str]
    is_judged: bool = True

    @property
    def is_sound(self) -> bool:
        return self.is_judged and not self.reasons

    def judge(self, reports: Sequence[Report]) -> None:
        """Take the reports on the contents in."""
        for report in reports:
            if NOT_A_JUDGEMENT.intersection(report.codes):
                self.is_judged = False
            elif report.verdict is not Verdict.INTACT:
                self.reasons.extend(report.codes)


def _look(envelope: Envelope) -> Finding:
    """Open the files, as the store has them."""
    try:
        return Finding([base.opened() for base in revisions.heads(envelope)], [])
    except (files.FileDamaged, FileNotFoundError):
        return Finding([], ["file-damaged"])
