"""The integrity check for machines: the same answer as the command, and problems as JSON."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from paraph.kit import files
from paraph.signing.integrity import pace
from paraph.signing.queries import documents_of, newest_revision
from tests import make
from tests.cast import Cast
from tests.sealing.forge import paper, signed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PARTS = ["file", "sha256", "verdict", "trust", "reasons", "signatures", "changes"]


@pytest.fixture
def completed(cast: Cast) -> bytes:
    document = documents_of(make.completed(cast))[0]
    return files.get(newest_revision(document).sha256)


def test_a_file_in_a_form_is_answered_in_json(completed: bytes, client: Client) -> None:
    answer = client.post("/api/verify", {"file": SimpleUploadedFile("a.pdf", completed)})

    found = answer.json()
    assert list(found) == PARTS
    assert (found["file"], found["verdict"], found["trust"]) == ("a.pdf", "intact", "known")
    assert "Erin Lindqvist" in {each["signer"] for each in found["signatures"]}


def test_a_file_may_be_the_body_itself(cast: Cast, client: Client) -> None:
    content = signed(paper())

    answer = client.post("/api/verify", content, content_type="application/pdf")

    assert (answer.json()["verdict"], answer.json()["trust"]) == ("intact", "unknown")


def test_a_changed_file_is_altered_and_says_what_differs(completed: bytes, client: Client) -> None:
    answer = client.post("/api/verify", completed + b"\n", content_type="application/pdf")

    codes = [reason["code"] for reason in answer.json()["reasons"]]
    assert answer.json()["verdict"] == "altered"
    assert {"bytes-after-end", "not-registered"} <= set(codes)


@pytest.mark.parametrize(
    ("call", "status", "code"),
    [
        (lambda client: client.get("/api/verify"), 405, "only-post"),
        (lambda client: client.post("/api/verify", {"other": "1"}), 400, "no-file"),
        (lambda client: client.post("/api/verify", b"", "application/pdf"), 400, "no-file"),
    ],
)
def test_a_wrong_call_is_a_problem_in_json(
    cast: Cast, client: Client, call: object, status: int, code: str
) -> None:
    assert callable(call)

    answer = call(client)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code


def test_the_pace_is_that_of_the_page(cast: Cast, client: Client) -> None:
    for _time in range(pace.PER_NETWORK):
        with pace.one_check("127.0.0.1"):
            pass

    answer = client.post("/api/verify", b"x", content_type="application/pdf")

    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-checks")


def test_a_length_that_is_no_number_is_refused(cast: Cast, client: Client) -> None:
    answer = client.post("/api/verify", b"x", content_type="application/pdf", CONTENT_LENGTH="x")

    assert (answer.status_code, answer.json()["code"]) == (400, "no-file")
