"""Tests that commit are cleaned up although facts can only be added."""

import pytest
from django.db import DatabaseError, connection

from paraph.journal import Fact
from paraph.journal.models import Mention
from tests.append_only import operations
from tests.journal.deeds import fly_kite

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("_time", [1, 2])
def test_each_committing_test_finds_an_empty_journal_that_only_grows(_time: int) -> None:
    assert not Fact.objects.exists()
    fly_kite(3)

    with pytest.raises(DatabaseError, match="append-only"):
        connection.cursor().execute("DELETE FROM journal_mention")

    assert Mention.objects.count() == 1


def test_facts_and_mentions_are_promised_to_only_grow() -> None:
    promised = {(operation.app_label, operation.model) for operation in operations()}

    assert {("journal", "fact"), ("journal", "mention")} <= promised
