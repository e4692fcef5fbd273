"""The pages of background work: progress, cancel, undo, the file, and whose they are."""

import pytest
from django.test import Client

from paraph.batches.actions import advance_batch, begin_batch, start_batch
from paraph.batches.models import Batch, BatchState
from paraph.kit import files
from tests.batches import kinds
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _anew() -> None:
    kinds.forget()


def _going_on(cast: Cast, kind: str = "tests.look") -> Batch:
    batch = begin_batch(kind, given={}, total=kinds.ROWS, owner=cast.alice, at=NOON)
    advance_batch(batch, at=NOON)
    return batch


def _ended(cast: Cast, kind: str = "tests.look", **given: object) -> Batch:
    batch = start_batch(kind, given=given, total=kinds.ROWS, owner=cast.alice, at=NOON)
    batch.refresh_from_db()
    return batch


def test_what_goes_on_comes_first_and_is_counted_in_the_menu(client: Client, cast: Cast) -> None:
    _ended(cast)
    _going_on(cast)
    client.force_login(cast.alice)

    page = client.get("/batches/").content.decode()

    assert page.index("Going on") < page.index("Ended")
    assert 'class="rail__count"' in page


def test_progress_is_polled_until_the_end(client: Client, cast: Cast) -> None:
    batch = _going_on(cast)
    client.force_login(cast.alice)
    address = f"/batches/{batch.pk}/"

    page = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    while advance_batch(batch, at=NOON):
        pass
    last = client.get(address, headers={"HX-Request": "true"})

    assert 'hx-trigger="every' in page
    assert "3 / 7" in part and "<h1" not in part
    assert (last.status_code, last["HX-Refresh"]) == (204, "true")


def test_the_report_lists_what_was_refused_and_why(client: Client, cast: Cast) -> None:
    batch = _ended(cast)
    client.force_login(cast.alice)

    page = client.get(f"/batches/{batch.pk}/").content.decode()
    download = b"".join(client.get(f"/batches/{batch.pk}/refused/"))

    assert "Row 5" in page and "It is odd." in page
    assert download.decode("utf-8-sig") == "Row,Reason\r\nRow 5,It is odd.\r\n"


def test_cancelling_asks_first(client: Client, cast: Cast) -> None:
    batch = _going_on(cast)
    client.force_login(cast.alice)

    asked = client.get(f"/batches/{batch.pk}/cancel/").content.decode()
    client.post(f"/batches/{batch.pk}/cancel/")

    batch.refresh_from_db()
    assert "stays done" in asked
    assert batch.state == BatchState.CANCELLING


def test_what_has_ended_is_undone(client: Client, cast: Cast) -> None:
    batch = _ended(cast)
    client.force_login(cast.alice)

    assert "Undo" in client.get(f"/batches/{batch.pk}/").content.decode()
    client.post(f"/batches/{batch.pk}/undo/")

    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE


def test_only_its_owner_gets_the_file(client: Client, cast: Cast) -> None:
    batch = _ended(cast, "tests.write", file_name="rows.csv")
    client.force_login(cast.olga)
    assert client.get(f"/batches/{batch.pk}/file/").status_code == 404
    client.force_login(cast.alice)

    answer = client.get(f"/batches/{batch.pk}/file/")

    assert b"".join(answer) == files.get(batch.file)
    assert answer["Content-Disposition"] == 'attachment; filename="rows.csv"'
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_work_with_a_page_of_its_own_leads_there(client: Client, cast: Cast) -> None:
    batch = _ended(cast, page="/contacts/")
    client.force_login(cast.alice)

    assert client.get(f"/batches/{batch.pk}/")["Location"] == "/contacts/"


def test_nobody_stops_the_work_of_others(client: Client, cast: Cast) -> None:
    batch = _going_on(cast)
    client.force_login(cast.bob)

    for verb in ("", "cancel/", "undo/", "file/", "refused/"):
        assert client.post(f"/batches/{batch.pk}/{verb}").status_code == 404
