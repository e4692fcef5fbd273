"""Adobe's rules are kept by what we seal, and whoever breaks them is found."""

from collections.abc import Callable

import pytest

from conformance.structure import forbidden_changes
from tests.sealing import forge

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course() -> forge.Course:
    """A paper that the director has signed and the client has not."""
    begun = forge.prepared()
    begun.act(forge.DIRECTOR_SIGNS)
    return begun


def test_a_completed_file_only_fills_signs_and_keeps_validation_data() -> None:
    assert list(forbidden_changes(forge.completed())) == []


def test_an_upload_that_came_signed_gets_signature_fields_and_nothing_else() -> None:
    upload = forge.signed(forge.paper())

    signed_on = forge.signed(upload, name="Frank Example", field="Frank")

    assert list(forbidden_changes(signed_on, brought=len(upload))) == []
    assert "does not certify" in next(iter(forbidden_changes(signed_on)))


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (forge.repriced, "/Page) is another one"),
        (forge.with_note, "/Page) is another one"),
        (forge.without_last_page, "/Pages) is another one"),
        (lambda file: forge.filled(file, "Rome", field="director_place"), "is changed"),
    ],
)
def test_what_an_editor_slipped_in_before_the_next_signature_is_found(
    course: forge.Course, change: Callable[[bytes], bytes], finding: str
) -> None:
    spoilt = forge.signed(change(course.file), name="Carl Client", field="client_sign")

    assert any(finding in found for found in forbidden_changes(spoilt))


def test_what_follows_the_last_signature_is_found(course: forge.Course) -> None:
    found = list(forbidden_changes(forge.repriced(course.file)))

    assert found == ["something follows the last signature"]
