"""Whatever the exporter can write, the importer reads back: properties over any text."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from paraph.contacts.exporting.vcards import vcard_lines
from paraph.kit.tables import csv_lines, neutralise, restore, write_xlsx
from tests.contacts.opening import opened

pytestmark = pytest.mark.slow

# What people type and paste, and what breaks tables; no NUL and no halves of letters.
awkward = some.sampled_from(
    [
        "=1+1",
        "'",
        "''=x",
        "+33612345678",
        "+1-2",
        "@x",
        "\t=",
        '"',
        ";",
        ",",
        "\n",
        "\r\n",
        "007",
        "'t Hooft",
        "مرحبا",
        "👩\u200d👩\u200d👧",
        "ﬁ",
        "_x0041_",
        "<b>&amp;",
        "1e5",
        "ł",
        "\u2028",
        "'\t",
    ]
)
letters = some.characters(
    exclude_categories=["Cs", "Cn"], exclude_characters="\0", max_codepoint=0x1FFFF
)
texts = some.one_of(
    awkward, some.text(letters, max_size=12), some.tuples(awkward, awkward).map("".join)
)
rows_of = some.integers(2, 5).flatmap(
    lambda width: some.lists(some.lists(texts, min_size=width, max_size=width), max_size=6)
)


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Leave out what carries nothing: empty cells at the end, empty rows."""
    for row in rows:
        while row and not row[-1]:
            row.pop()
    return [row for row in rows if row]


@given(texts)
def test_an_apostrophe_that_was_put_is_taken_off(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(rows_of, some.sampled_from(["en", "fr"]))
def test_a_csv_comes_back_as_it_was(rows: list[list[str]], language: str) -> None:
    table = [["Last name"] + ["Comment"] * (len(rows[0]) - 1 if rows else 1), *rows]

    answer, found = opened(b"".join(csv_lines(table, language=language)))

    assert answer["encoding"] == "utf-8-sig"
    assert found == _trimmed(table)


@given(rows_of)
def test_a_spreadsheet_comes_back_as_it_was(rows: list[list[str]]) -> None:
    table = [["Last name"] + ["Comment"] * (len(rows[0]) - 1 if rows else 1), *rows]
    file = io.BytesIO()
    write_xlsx(table, file, title="Contacts", widths=[10, 10])

    _answer, found = opened(file.getvalue())

    assert found == _trimmed(table)


@given(texts, texts, texts, some.sampled_from(["4.0", "3.0"]))
def test_a_vcard_comes_back_as_it_was(
    last: str, position: str, comment: str, version: Any
) -> None:
    person = SimpleNamespace(
        last_name=last,
        first_name="Ann",
        name="Ann",
        phone="+33612345678",
        email="ann@x.example",
        position=position,
        company=None,
        language="fr",
        type="client",
        comment=comment,
        responsible=SimpleNamespace(email="alice@x.example"),
        is_shared=False,
        custom={},
    )

    cards = b"".join(vcard_lines([cast(Any, person)], version=version, further=[]))
    _answer, (heading, values) = opened(cards)

    found = dict(zip(heading, values, strict=False))
    told = [found.get(key, "") for key in ("last_name", "position", "comment", "phone")]
    plain = [text.replace("\r\n", "\n").replace("\r", "\n") for text in (last, position, comment)]
    assert told == [*plain, "+33612345678"]
