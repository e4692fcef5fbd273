"""The watch over keys: what ends or fell silent is told to administrators before it matters."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import override

from paraph.kit.jobs import job
from paraph.people.access import Right, Section, holders

from ..actions.telling import tell_of_keys
from ..trust_state import worries


@job
def watch_keys() -> None:
    """Write to each administrator about what is new to worry about, once."""
    at = timezone.now()
    for person in holders(Section.SETTINGS, Right.EDIT):
        with override(person.language):
            found = worries(at=at)
        if found:
            tell_of_keys(person, worries=found, at=at)
