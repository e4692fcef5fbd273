"""Short dates stand in pages and files as people of that language write them."""

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "3 Feb 2026"), ("fr", "03/02/2026"), ("pl", "03.02.2026")],
)
def test_a_short_date_is_written_as_its_readers_do(language: str, written: str) -> None:
    with override(language):
        assert date_format(date(2026, 2, 3), "SHORT_DATE_FORMAT") == written
