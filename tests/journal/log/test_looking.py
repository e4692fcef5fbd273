"""A long log is looked at by several processes, which see what one alone sees."""

from __future__ import annotations

import pytest

from paraph.journal.log.looking import looks
from tests.journal.log.deeds import logged
from tests.parallel import file_database as file_database

pytestmark = pytest.mark.slow


def test_several_processes_see_what_one_sees(file_database: None) -> None:
    shard = logged(600).shard

    alone = list(looks(shard))
    together = list(looks(shard, share_from=0))

    assert together == alone
    assert [(look.first, bool(look.root)) for look in alone] == [
        (0, True),
        (256, True),
        (512, False),
    ]
