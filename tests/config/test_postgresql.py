"""What the databases are asked in different words: PostgreSQL answers as SQLite does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

from paraph.board.listing import envelope_listing
from paraph.config.doctor.findings import Level
from paraph.config.doctor.keeping import of_database
from paraph.kit.finding import Search
from paraph.signing.attention import Attention
from paraph.signing.models import Envelope
from paraph.vault.models import SignedFile
from tests import make
from tests.board import crowd, test_figures
from tests.cast import gather
from tests.moments import NOON
from tests.parallel import postgres_database as postgres_database
from tests.vault import test_finding
from tests.vault.house import signed

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.usefixtures("postgres_database"),
]
DAY = timedelta(days=1)
FAR = "word " * 17_000 + "la clause de la fin"
"""PostgreSQL's index knows no places so far down, nor those of a word that is so common."""


def test_words_of_signed_files_are_found() -> None:
    cast = gather()
    signed(cast, title="Lease", pages=test_finding.LEASE)
    signed(cast, title="Long", pages=[FAR, "合同" * 20 + " 。"])

    for text in ("LOYER bail", "lodz", "12.500", '"par an"', "soussig", "élève à 12", "Lease"):
        assert test_finding.found(cast.alice, q=text) == {"Lease"}, text
    for text in ('"clause de la fin"', '"word la clause" fin', '"word word"', "合同"):
        assert test_finding.found(cast.alice, q=text) == {"Long"}, text
    for text in ('"an par"', '"loye"', "oyer", '"de la clause"', '"a clause"', '" OR "', "--"):
        assert test_finding.found(cast.alice, q=text) == set(), text


def test_a_look_into_the_words_leaves_other_questions_their_plans() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        SignedFile.objects.all().first_keys("bail", most=5)
        cursor.execute("SHOW enable_seqscan")

        assert cursor.fetchone() == ("on",)


def test_figures_are_what_a_slow_count_finds() -> None:
    cast = gather()
    owners = crowd.fill(cast, 120, employees=3, seed=20260302)

    shown = test_figures.team(cast.olga)

    assert {member.person for member in shown.members} == set(owners)
    test_figures.check_line(shown.whole, test_figures.envelopes_of(owners), weeks=12)
    for member in shown.members:
        mine = test_figures.envelopes_of([member.person])
        test_figures.check_line(member.line, mine, weeks=12)


def test_what_stands_out_is_found_and_sorted_with_what_has_no_deadline_last() -> None:
    cast = gather()
    columns: dict[str, dict[str, object]] = {
        "Never": {"is_bounced": True},
        "Soon": {"deadline_at": NOON + DAY, "amount": 5},
        "Late": {"deadline_at": NOON - DAY, "amount": 70},
        "Calm": {"deadline_at": NOON + 60 * DAY},
    }
    for title, values in columns.items():
        pk = make.draft(cast, title=title).pk
        moved = {"status": "sent", "standing": "with-client", "sent_at": NOON, **values}
        Envelope.objects.filter(pk=pk).update(**moved)

    assert _titles("deadline", attention="any") == ["Late", "Soon", "Never"]
    assert _titles("-amount", attention="any") == ["Late", "Soon", "Never"]
    assert _titles("-deadline") == ["Never", "Calm", "Soon", "Late"]
    assert _titles("sent", attention=Attention.BOUNCED) == ["Never"]


def _titles(sort: str, **criteria: str) -> list[str]:
    listing = envelope_listing(at=NOON)
    search = Search(listing, Envelope.objects.all(), listing.criteria(criteria), sort)
    return [envelope.title for envelope in search.find().page]


def test_a_small_database_is_healthy_with_the_memory_that_postgresql_comes_with() -> None:
    assert [found.level for found in of_database()] == [Level.FINE]
