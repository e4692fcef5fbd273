"""Who sits where, and who acts after whom: as groups of parties in their order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from django.utils.translation import gettext as _

from paraph.kit import db

from . import queries, rules, steps
from .choices import PartyChoice
from .models import Envelope, Party, PartyRole
from .refusals import CannotChoose

Groups = list[list[int]]


class Move(StrEnum):
    """Where a party goes."""

    EARLIER = "earlier"
    LATER = "later"
    TOGETHER = "together"  # with those before it
    APART = "apart"  # after those it was together with


@db.transaction_required
def sit(party: Party, choice: PartyChoice) -> None:
    """Put somebody, or nobody yet, onto a seat."""
    contact, employee = choice.contact, choice.employee
    party.employee, party.contact = employee, contact
    party.company = contact.company if contact else party.envelope.company if employee else None
    party.role, party.group = choice.role, choice.group
    party.link_channel, party.code_channel = choice.link_channel, choice.code_channel
    party.names_next, party.time_zone = choice.names_next, choice.time_zone
    party.chosen_language = choice.language
    steps.copy_person(party)
    party.save()


@db.transaction_required
def keep_named(envelope: Envelope, *, places: Collection[int]) -> None:
    """Set ``names_next`` for all who act right before one of these open places, for nobody else.

    For all of them: where any one is enough, each may be the only one who acts.
    """
    parties = queries.parties_of(envelope)
    naming: set[int] = set()
    for place in (it for it in parties if it.pk in places):
        namers = rules.namers_of(place, parties)
        if not namers:
            raise CannotChoose(_("Before an open place somebody has to act and say who takes it."))
        naming |= {it.pk for it in namers}
    envelope.parties.filter(pk__in=naming).update(names_next=True)
    envelope.parties.exclude(pk__in=naming).update(names_next=False)


@db.transaction_required
def forget_namers(parties: Sequence[Party]) -> None:
    """Clear ``names_next`` of whoever has no open place after them any more."""
    idle = [it.pk for it in parties if it.names_next and not rules.to_be_named_by(it, parties)]
    Party.objects.filter(pk__in=idle).update(names_next=False)


def places_named_later(parties: Sequence[Party]) -> set[int]:
    """Return the open places that those before them fill."""
    return {party.pk for party in parties if rules.is_named_later(party, parties)}


def choice_of(party: Party) -> PartyChoice:
    """Return who sits there now, as a choice."""
    return PartyChoice(
        employee=party.employee,
        contact=party.contact,
        group=party.group,
        role=party.role,
        link_channel=party.link_channel,
        code_channel=party.code_channel,
        names_next=party.names_next,
        time_zone=party.time_zone,
        language=party.chosen_language,
    )


def pair_of(parties: Sequence[Party]) -> tuple[Party | None, Party | None]:
    """Return our signer's seat and the client's: the two that every envelope begins with."""
    signers = [party for party in parties if party.role == PartyRole.SIGNER]
    free = [party for party in signers if not party.employee_id and not party.contact_id]
    ours = next((it for it in signers if it.employee_id), None) or (free[0] if free else None)
    theirs = next((it for it in signers if it.contact_id), None)
    return ours, theirs or next((it for it in free if it is not ours), None)


def groups_of(parties: Sequence[Party]) -> Groups:
    """Return the parties' keys, group by group."""
    groups: dict[int, list[int]] = {}
    for party in parties:
        groups.setdefault(party.group, []).append(party.pk)
    return [groups[number] for number in sorted(groups)]


def moved(groups: Groups, pk: int, move: Move) -> Groups:
    """Return the groups after one move; a move that leads nowhere changes nothing."""
    at = next(number for number, group in enumerate(groups) if pk in group)
    rest = [other for other in groups[at] if other != pk]
    before, after = groups[:at], groups[at + 1 :]
    if move is Move.TOGETHER:
        return [*before[:-1], [*before[-1], pk], *_some(rest), *after] if before else groups
    if move is Move.APART:
        return [*before, *_some(rest), [pk], *after]
    if rest:  # leaving a group is one step
        apart = [[pk], rest] if move is Move.EARLIER else [rest, [pk]]
        return [*before, *apart, *after]
    if move is Move.EARLIER:
        return [*before[:-1], [pk], *before[-1:], *after]
    return [*before, *after[:1], [pk], *after[1:]]


def _some(group: list[int]) -> Groups:
    return [group] if group else []
