"""``paraph demo``: load the demo company; a second call changes nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from paraph.config.demo import (
    attention,
    campaigns,
    deals,
    directory,
    drafts,
    duplicates,
    envelopes,
    files,
    following,
    history,
    lines,
    regulars,
    seal,
    stack,
    staff,
    templates,
    vault,
)
from paraph.kit.engines import inline
from paraph.kit.jobs import engine
from paraph.people.models import Installation
from paraph.signing.authority import ensure_authority

AGE = timedelta(days=200)
"""So long ago the company began with Paraph."""


class Command(BaseCommand):
    """Walks real actions; the jobs they order run here, one after the other."""

    help = "Load the demo company: people, contacts, deals, and documents in every stage."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, unless something is here already."""
        if Installation.here().set_up_at:
            return
        lasting, settings.PARAPH_JOBS = settings.PARAPH_JOBS, "inline"
        self.stdout.write("Loading the demo company …")
        with translation.override(settings.DEMO_LANGUAGE):
            self._load(at=datetime.now(UTC))
        settings.PARAPH_JOBS = lasting
        inline.hand_over(engine())

    def _load(self, *, at: datetime) -> None:
        began = at - AGE
        people = staff.hire(at=began)
        ensure_authority(at=at)
        seal.give(people, at=at)
        contacts = directory.fill(people, at=began)
        duplicates.add(people, contacts, at=at)
        regulars.add(people, at=at)
        campaigns.mail(people, contacts, at=at)
        sold = deals.sell(people, contacts, at=at)
        templates.make(people, sold)
        envelopes.tell(people, contacts, sold)
        attention.raise_it(people, contacts, sold)
        drafts.prepare(people, contacts)
        stack.pile_up(people, contacts)
        lines.draw(people, contacts)
        files.carry(people, at=at)
        history.go_back(people, contacts)
        vault.keep(people, at=at)
        following.follow(people, at=at)
