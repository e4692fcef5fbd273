"""Canonical JSON, as RFC 8785 wants it."""

import json
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraph.kit.canonical import NotCanonical, canonical_json

texts = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.integers(-(2**53) + 1, 2**53 - 1)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@pytest.mark.slow
@given(values)
def test_reading_it_gives_the_value_back(value: Any) -> None:
    assert json.loads(canonical_json(value)) == value


@pytest.mark.slow
@given(values)
def test_writing_it_again_gives_the_same_text(value: Any) -> None:
    text = canonical_json(value)

    assert canonical_json(json.loads(text)) == text


def test_a_key_is_written_as_its_value_whatever_it_calls_itself() -> None:
    class Colour(str, Enum):  # noqa: UP042  its str() is not its value
        RED = "red"

    named, plain = canonical_json({Colour.RED: Colour.RED}), canonical_json({"red": "red"})

    assert named == plain == '{"red":"red"}'


@pytest.mark.slow
@given(st.dictionaries(texts, numbers))
def test_the_order_of_keys_makes_no_difference(table: dict[str, int]) -> None:
    turned = dict(reversed(table.items()))

    assert canonical_json(turned) == canonical_json(table)


def test_keys_are_sorted_by_their_utf16_units_as_in_the_rfc() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\xf6"]

    written = canonical_json(dict.fromkeys(names, 0))

    assert list(json.loads(written)) == [
        "\r",
        "1",
        "\x80",
        "\xf6",
        "\u20ac",
        "\U0001f600",
        "\ufb33",
    ]


def test_texts_are_escaped_as_in_the_rfc() -> None:
    assert canonical_json('€$\x0f\nA\'B"\\"/\x7f') == '"€$\\u000f\\nA\'B\\"\\\\\\"/\x7f"'


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), 2**53, b"x", {1: 2}, {"a": object()}, "\ud800"]
)
def test_what_readers_may_disagree_on_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(value)
