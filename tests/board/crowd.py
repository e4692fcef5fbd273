"""A varied crowd of envelopes in every standing, the same for the same seed."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from paraph.people.models import Department, Employee
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Envelope, Party, Standing
from tests.cast import Cast
from tests.moments import NOON

YEAR_MINUTES = 366 * 24 * 60
OPEN = (Standing.DRAFT, Standing.WITH_US, Standing.WITH_CLIENT, Standing.CLOSING)
STATUSES = {Standing.WITH_US: Status.SENT, Standing.WITH_CLIENT: Status.SENT}
PORTION = 5000


class Crowd:
    """Makes envelopes and their parties, not through actions: fifty thousand in seconds."""

    def __init__(self, cast: Cast, *, seed: int) -> None:
        self.cast, self.chance = cast, random.Random(seed)

    def later(self, moment: datetime, *, days: float) -> datetime:
        """Return a moment after that one, but none that is still to come.

        Now and then it lies before: clocks may go back.
        """
        seconds = self.chance.randrange(-3_600, int(days * 86_400))
        later = moment + timedelta(seconds=seconds, microseconds=self.chance.randrange(10**6))
        return min(later, NOON)

    def envelope(self, owner: Employee) -> tuple[Envelope, list[Party]]:
        """Make one envelope with our signer and one or two clients."""
        weights = (2, 2, 6, 1, 20, 3, 2, 2)
        standing = self.chance.choices(list(Standing), weights)[0]
        created = NOON - timedelta(minutes=self.chance.randrange(30, YEAR_MINUTES))
        envelope = Envelope(title="Contract", responsible=owner, company=self.cast.company)
        envelope.standing = standing
        envelope.status = STATUSES.get(standing) or Status(standing)
        envelope.created_at = envelope.stands_since = created
        if standing is Standing.DRAFT:
            return envelope, []
        envelope.sent_at = self.later(created, days=2)
        if self.chance.random() < 0.7:
            days = self.chance.randrange(-200, 200) / 10
            envelope.deadline_at = NOON + timedelta(days=days)
        parties = [self._party(envelope, ours=True)]
        clients = self.chance.choice((1, 2))
        parties += [self._party(envelope, ours=False) for _number in range(clients)]
        acted = [it.signed_at or it.approved_at for it in parties]
        envelope.acted_at = max([it for it in acted if it], default=None)
        if standing not in OPEN:
            last = envelope.acted_at or envelope.sent_at
            envelope.closed_at = self.later(last, days=1)
        return envelope, parties

    def _party(self, envelope: Envelope, *, ours: bool) -> Party:
        who: dict[str, Any] = (
            {"employee": self.cast.erin} if ours else {"contact": self.cast.frank}
        )
        party = Party(envelope=envelope, name="Somebody", **who)
        assert envelope.sent_at
        is_whole = envelope.standing in (Standing.COMPLETED, Standing.CLOSING)
        if not (is_whole or self.chance.random() < 0.7):
            return party
        party.asked_at, party.status = self.later(envelope.sent_at, days=1), PartyStatus.ASKED
        if is_whole or self.chance.random() < 0.7:
            party.opened_at, party.status = self.later(party.asked_at, days=6), PartyStatus.OPENED
        if is_whole and party.opened_at:
            acted = self.later(party.opened_at, days=9)
            is_approver = self.chance.random() < 0.2
            party.status = PartyStatus.APPROVED if is_approver else PartyStatus.SIGNED
            setattr(party, "approved_at" if is_approver else "signed_at", acted)
        return party


def fill(cast: Cast, size: int, *, employees: int, seed: int) -> list[Employee]:
    """Make so many envelopes of so many employees in a tree of departments; return the people."""
    crowd, owners = Crowd(cast, seed=seed), people(employees)
    for begin in range(0, size, PORTION):
        number = min(PORTION, size - begin)
        made = [crowd.envelope(crowd.chance.choice(owners)) for _number in range(number)]
        Envelope.objects.bulk_create(envelope for envelope, _parties in made)
        Party.objects.bulk_create(party for _envelope, parties in made for party in parties)
    return owners


def people(number: int) -> list[Employee]:
    """Make employees in departments, one of which lies below another."""
    departments = [_department("North"), _department("South")]
    departments.append(_department("Harbour", departments[0]))
    return Employee.objects.bulk_create(
        Employee(
            email=f"member{each}@example.org",
            first_name="Member",
            last_name=f"{each:03}",
            department=departments[each % len(departments)],
        )
        for each in range(number)
    )


def _department(name: str, parent: Department | None = None) -> Department:
    made = Department.objects.create(name=name, parent=parent)
    made.path = f"{parent.path if parent else ''}{made.pk}/"
    made.save(update_fields=["path"])
    return made
