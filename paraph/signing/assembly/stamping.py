"""Time stamps from outside over what was just built, and fresh ones over what was completed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.sealing.model import Plan
from paraph.sealing.writer import HoleTooSmall

from ..outside import clocks
from ..outside.clocks import NoTime, OutsideClock
from .building import Base, Built, built, extended
from .checking import check_again


@dataclass(frozen=True)
class Stamped:
    """A file with its newest time stamp: by whom, and until when that can be checked."""

    content: bytes
    plan: Plan
    until: datetime
    by: str = ""


def stamped(content: bytes, plan: Plan, *, authority: Authority, at: datetime) -> Stamped:
    """Add a time stamp from outside; our own stands alone where no service answers."""
    for clock in clocks.willing(at=at):
        if found := _stamped_by(clock, content, plan, authority=authority, at=at):
            return found
    return Stamped(content, plan, authority.stamper.certificate.not_valid_after_utc)


def stamped_outside(base: Base, *, authority: Authority, at: datetime) -> Built | None:
    """Build the time stamp from outside that an act had to go without; none if none answers."""
    found = stamped(base.content, base.plan, authority=authority, at=at)
    if not found.by:
        return None
    check_again(base, found.content)
    return built(base, found.content, found.plan, stamped_by=found.by, until=found.until)


def renewed(base: Base, *, authority: Authority, at: datetime) -> Built:
    """Build a completed document with fresh time stamps.

    Ours comes last: it lasts for years, and proves the one from outside after that has aged.
    """
    found = stamped(base.content, base.plan, authority=authority, at=at)
    fresh = acts.renew(found.content, found.plan, authority=authority, at=at)
    content = extended(BytesIO(found.content), fresh.tail)
    check_again(base, content)
    until = authority.stamper.certificate.not_valid_after_utc
    return built(base, content, fresh.plan, stamped_by=found.by, until=until)


def _stamped_by(
    clock: OutsideClock, content: bytes, plan: Plan, *, authority: Authority, at: datetime
) -> Stamped | None:
    try:
        revision = acts.stamp(content, plan, clock, authority=authority, at=at)
    except (NoTime, HoleTooSmall):
        return None
    whole = extended(BytesIO(content), revision.tail)
    assert clock.token_was is not None
    until = clock.token_was.certificate.not_valid_after_utc
    return Stamped(whole, revision.plan, until, clock.name)
