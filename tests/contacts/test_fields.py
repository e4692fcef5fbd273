"""Further fields: what each kind takes, keeps and shows, and how they are arranged."""

import pytest

from paraph.contacts import fields
from paraph.contacts.actions.creating import CannotSave
from paraph.contacts.actions.fields import (
    FieldCard,
    archive_field,
    create_field,
    edit_field,
    move_field,
    restore_field,
)
from paraph.contacts.models import CustomField, FieldKind
from tests.cast import Cast
from tests.moments import NOON


def _field(kind: str) -> CustomField:
    return CustomField(pk=1, label="It", kind=kind, choices=["Gold", "Świerk"])


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        ("text", "  Lyon ", "Lyon", "Lyon"),
        ("number", "1 250,50", "1250.5", "1,250.5"),
        ("number", "1,250.50", "1250.5", "1,250.5"),
        ("number", "1.250,50", "1250.5", "1,250.5"),
        ("date", "2026-03-31", "2026-03-31", "31 Mar 2026"),
        ("yes-no", "Oui", True, "Yes"),
        ("yes-no", "nie", False, "No"),
        ("choice", "swierk", "Świerk", "Świerk"),
        ("link", "example.org/a", "https://example.org/a", "https://example.org/a"),
        ("text", "   ", None, ""),
    ],
)
def test_a_value_is_kept_in_one_form(
    kind: str, typed: str, kept: str | bool | None, shown: str
) -> None:
    field = _field(kind)

    assert fields.parsed(field, typed) == kept
    assert fields.shown(field, kept) == shown
    assert fields.parsed(field, fields.plain(kept)) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("number", "many", "like 1250 or 12.5"),
        ("number", "NaN", "like 1250 or 12.5"),
        ("number", "1e999999999", "like 1250 or 12.5"),
        ("number", "1e-999999", "like 1250 or 12.5"),
        ("date", "31/03/2026x", "like 2026-03-31"),
        ("yes-no", "perhaps", "yes or no"),
        ("choice", "Oak", "Gold, Świerk"),
        ("link", "javascript://x.y", "https://example.org"),
        ("link", "no address", "https://example.org"),
    ],
)
def test_what_does_not_fit_is_refused_with_an_example(
    kind: str, typed: str, sentence: str
) -> None:
    with pytest.raises(fields.NotAValue, match=sentence):
        fields.parsed(_field(kind), typed)


def _add(cast: Cast, label: str) -> CustomField:
    return create_field(FieldKind.TEXT, FieldCard(label), by=cast.olga.actor, at=NOON)


def _labels() -> list[str]:
    return [field.label for field in fields.custom_fields()]


def test_fields_change_places(cast: Cast) -> None:
    _add(cast, "One")
    two, three = _add(cast, "Two"), _add(cast, "Three")

    move_field(two, "up")
    move_field(three, "down")

    assert _labels() == ["Two", "One", "Three"]


def test_an_archived_field_is_shown_no_more_until_it_is_restored(cast: Cast) -> None:
    field = _add(cast, "Tier")

    archive_field(field, by=cast.olga.actor, at=NOON)
    while_archived = _labels()
    restore_field(field, by=cast.olga.actor, at=NOON)

    assert (while_archived, _labels()) == ([], ["Tier"])


def test_an_archived_field_stays_so_while_another_has_its_name(cast: Cast) -> None:
    field = _add(cast, "Tier")
    archive_field(field, by=cast.olga.actor, at=NOON)
    _add(cast, "tier")

    with pytest.raises(CannotSave, match="this name already"):
        restore_field(field, by=cast.olga.actor, at=NOON)


def test_a_field_that_was_archived_meanwhile_does_not_move(cast: Cast) -> None:
    field, _other = _add(cast, "Tier"), _add(cast, "Rank")
    archive_field(field, by=cast.olga.actor, at=NOON)

    move_field(field, "down")

    assert _labels() == ["Rank"]


def test_two_fields_have_two_names_and_a_choice_has_choices(cast: Cast) -> None:
    _add(cast, "Tier")
    other = create_field(
        FieldKind.CHOICE, FieldCard("Rank", choices=("A", "B")), by=cast.olga.actor, at=NOON
    )

    with pytest.raises(CannotSave) as refused:
        edit_field(other, FieldCard("tier"), by=cast.olga.actor, at=NOON)

    assert refused.value.reasons == [
        "There is a field with this name already.",
        "Write at least two choices, one a line.",
    ]
