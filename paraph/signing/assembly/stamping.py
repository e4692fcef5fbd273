"""Time stamps from outside over what was just built, and fresh ones over what was completed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.sealing.draft import Paper, grown
from paraph.sealing.model import Plan
from paraph.sealing.writer import HoleTooSmall

from ..outside import clocks
from ..outside.clocks import NoTime, OutsideClock
from .building import Base, Built, built
from .checking import check_again


@dataclass(frozen=True)
class Stamped:
    """A file with its newest time stamp: by whom, and until when that can be checked."""

    paper: Paper
    plan: Plan
    until: datetime
    by: str = ""


def stamped(paper: Paper, plan: Plan, *, authority: Authority, at: datetime) -> Stamped:
    """Add a time stamp from outside; our own stands alone where no service answers."""
    for clock in clocks.willing(at=at):
        if found := _stamped_by(clock, paper, plan, authority=authority, at=at):
            return found
    return Stamped(paper, plan, authority.stamper.certificate.not_valid_after_utc)


def stamped_outside(base: Base, *, authority: Authority, at: datetime) -> Built | None:
    """Build the time stamp from outside that an act had to go without; none if none answers."""
    found = stamped(base.opened(), base.plan, authority=authority, at=at)
    if not found.by:
        return None
    check_again(base, found.paper)
    return built(base, found.paper, found.plan, stamped_by=found.by, until=found.until)


def renewed(base: Base, *, authority: Authority, at: datetime) -> Built:
    """Build a completed document with fresh time stamps.

    Ours comes last: it lasts for years, and proves the one from outside after that has aged.
    """
    found = stamped(base.opened(), base.plan, authority=authority, at=at)
    fresh = acts.renew(found.paper, found.plan, authority=authority, at=at)
    paper = grown(found.paper, fresh.tail)
    check_again(base, paper)
    until = authority.stamper.certificate.not_valid_after_utc
    return built(base, paper, fresh.plan, stamped_by=found.by, until=until)


def _stamped_by(
    clock: OutsideClock, paper: Paper, plan: Plan, *, authority: Authority, at: datetime
) -> Stamped | None:
    try:
        revision = acts.stamp(paper, plan, clock, authority=authority, at=at)
    except (NoTime, HoleTooSmall):
        return None
    whole = grown(paper, revision.tail)
    assert clock.token_was is not None
    until = clock.token_was.certificate.not_valid_after_utc
    return Stamped(whole, revision.plan, until, clock.name)
