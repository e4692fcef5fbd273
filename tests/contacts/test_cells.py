"""Cells of foreign files: what is far too long is refused before a pattern is tried on it."""

import pytest

from paraph.contacts.importing.cleaning import cleaned, known
from paraph.contacts.importing.columns import guess

LETTERS = 300_000


@pytest.mark.parametrize(
    ("meaning", "cell"), [("phone", "1" * LETTERS), ("email", f"a@{'.' * LETTERS}@")]
)
def test_a_book_in_a_cell_is_refused_at_once(meaning: str, cell: str) -> None:
    row = cleaned(1, [cell], [meaning], known=known([meaning], country="FR", further={}))

    assert "letters" in row.reasons[0]


@pytest.mark.django_db
def test_a_book_in_a_cell_tells_nothing_about_its_column() -> None:
    assert guess(["Tome"], [[f"a@{'.' * LETTERS}@"]]) == [""]
