"""Whose turn it is, and when everybody is done."""

from __future__ import annotations

from collections.abc import Sequence

from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Party, PartyRole


def next_in_line(parties: Sequence[Party]) -> list[Party]:
    """Return the parties whose turn it is and who were not asked yet.

    People of one group act in parallel; the next group waits until the whole group
    before it is done. Who only receives a copy is never asked.
    """
    to_act = [party for party in parties if party.role != PartyRole.COPY and not party.is_done]
    if not to_act:
        return []
    group = min(party.group for party in to_act)
    return [
        party for party in to_act if party.group == group and party.status == PartyStatus.WAITING
    ]


def is_everyone_done(parties: Sequence[Party]) -> bool:
    """Tell whether the documents can be closed."""
    return all(party.is_done for party in parties if party.role != PartyRole.COPY)
