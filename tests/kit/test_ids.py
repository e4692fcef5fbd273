"""Tokens, and ids that people read aloud and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraph.kit import ids


def test_tokens_are_long_and_differ() -> None:
    tokens = {ids.new_token() for _time in range(100)}

    assert len(tokens) == 100
    assert all(len(token) >= 27 for token in tokens)


def test_an_id_is_read_however_it_is_typed() -> None:
    document_id = ids.document_id()
    shown = ids.format_document_id(document_id)

    assert [len(group) for group in shown.split("-")] == [4, 4, 4, 4, 1]
    assert ids.parse_document_id(shown.lower().replace("-", " ")) == document_id


def test_lookalikes_are_forgiven() -> None:
    document_id = "1000000000000000"
    document_id += next(c for c in ids.ALPHABET if _is_valid(document_id + c))

    assert ids.parse_document_id(document_id.replace("1", "l", 1).replace("0", "O")) == document_id


@given(position=st.integers(0, 16), letter=st.sampled_from(ids.ALPHABET))
def test_one_wrong_letter_is_noticed(position: int, letter: str) -> None:
    document_id = ids.document_id()
    mistyped = document_id[:position] + letter + document_id[position + 1 :]

    assert _is_valid(mistyped) == (mistyped == document_id)


@pytest.mark.parametrize("typed", ["", "ABC", "U" * 17, "1" * 18, "ÄÖÜß-1234-5678-9012-3"])
def test_what_is_no_id_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ids.NotADocumentId) as refusal:
        ids.parse_document_id(typed)

    assert refusal.value.reasons == ["A document ID has 17 letters and digits."]


def _is_valid(typed: str) -> bool:
    try:
        return bool(ids.parse_document_id(typed))
    except ids.NotADocumentId:
        return False
