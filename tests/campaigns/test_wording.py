"""A campaign's text: fields are filled, misspelt ones are told before anything is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraph.campaigns import wording
from paraph.kit.placeholders import filled
from tests.cast import Cast


@pytest.mark.django_db
def test_a_field_is_filled_with_what_is_known(cast: Cast) -> None:
    values = wording.values_of(cast.frank)

    text = filled("Dear {name} of {company}, {position|friend}", values)

    assert text == "Dear Frank Kowalski of Borealis Ltd, friend"


@pytest.mark.django_db
def test_every_field_has_a_value_for_everybody(cast: Cast) -> None:
    assert set(wording.field_names()) == set(wording.values_of(cast.frank))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{fist_name}", "There is no field {fist_name}. Did you mean {first_name}?"),
        ("{zzz}", "There is no field {zzz}."),
        ("Hello {", "A curly bracket stands alone. Fields are written like {first_name}."),
    ],
)
def test_what_is_no_field_is_told_in_a_sentence(text: str, problem: str) -> None:
    assert wording.problems_with(text) == [problem]


@pytest.mark.slow
@given(st.text(alphabet="ab {}|_", max_size=40), st.text(max_size=10))
def test_a_value_is_never_read_as_a_field(text: str, value: str) -> None:
    once = filled(text, {"a": value, "ab": value})

    assert once.count(value) >= 0
    assert filled("{a}", {"a": "{ab}", "ab": "no"}) == "{ab}"
