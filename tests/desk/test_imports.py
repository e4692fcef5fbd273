"""The pages of imports and exports: step by step, for those who may, and nobody else's."""

import io

import pytest
from django.test import Client

from paraph.batches.actions import begin_batch
from paraph.batches.models import Batch
from paraph.contacts.importing.models import Import
from paraph.contacts.models import Contact
from paraph.journal import Fact
from tests.cast import Cast
from tests.contacts.test_exporting import table
from tests.contacts.test_importing import EXCEL_OF_FRANCE
from tests.desk import crowd
from tests.moments import NOON

pytestmark = pytest.mark.slow
OF_ALL_ROWS = {
    "has_heading": "on",
    "duplicates": "skip",
    "country": "FR",
    "type": "client",
    "language": "fr",
}


def _uploaded(client: Client, content: bytes = EXCEL_OF_FRANCE) -> Import:
    file = io.BytesIO(content)
    file.name = "clients.csv"
    client.post("/contacts/import/", {"file": file})
    return Import.objects.latest("id")


def _columns(cast: Cast, given: Import, **changes: str) -> dict[str, str]:
    meant = {f"column_{number}": key for number, key in enumerate(given.columns)}
    return {**OF_ALL_ROWS, "responsible": str(cast.alice.pk), **meant, **changes}


def _walk(client: Client, cast: Cast, content: bytes = EXCEL_OF_FRANCE) -> Import:
    given = _uploaded(client, content)
    client.post(f"/contacts/import/{given.pk}/columns/", _columns(cast, given))
    client.post(f"/contacts/import/{given.pk}/run/")
    given.refresh_from_db()
    return given


def test_a_file_goes_from_the_upload_to_the_report(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    given = _uploaded(client)
    address = f"/contacts/import/{given.pk}/"

    columns = client.get(f"{address}columns/").content.decode()
    client.post(f"{address}columns/", _columns(cast, given))
    check = client.get(address).content.decode()
    before = Contact.objects.count()
    client.post(f"{address}run/")
    report = client.get(address).content.decode()

    assert "Lefèvre" in columns and "« rappeler »" in columns
    assert "Import 2 contacts" in check and "Line 5" in check
    assert (before, Contact.objects.count()) == (2, 4)
    assert "The import is done" in report and "Undo the import" in report


def test_a_long_check_tells_how_far_it_is(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    given = _uploaded(client)
    given.check_batch = begin_batch(
        "contacts.import-check", given={"import": given.pk}, total=4, owner=cast.alice, at=NOON
    )
    given.save()

    page = client.get(f"/contacts/import/{given.pk}/").content.decode()
    part = client.get(f"/contacts/import/{given.pk}/", headers={"HX-Request": "true"})

    assert f'hx-get="/contacts/import/{given.pk}/"' in page
    assert b"Waiting" in part.content and b"<h1" not in part.content


def test_what_is_missing_or_meant_twice_is_said(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    given = _uploaded(client)

    wrong = _columns(cast, given, column_0="first_name")
    answer = client.post(f"/contacts/import/{given.pk}/columns/", wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Two columns are “First name”" in page and "Say which columns are" in page


def test_columns_are_remembered_for_the_next_file(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    given = _uploaded(client)
    changed = _columns(cast, given, column_6="")
    client.post(f"/contacts/import/{given.pk}/columns/", changed)

    again = _uploaded(client)

    assert again.columns[5:] == ["position", ""]


def test_refused_rows_come_back_as_they_stood(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    given = _walk(client, cast)

    answer = b"".join(client.get(f"/contacts/import/{given.pk}/refused/"))

    heading, row = table(answer)
    assert heading[-2:] == ["Line", "Reason"]
    assert row[:4] == ["Sans", "Numéro", "12", "rien"] and row[-2] == "5"


def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.alice)
    file = io.BytesIO(b"PK\x03\x04 no table")
    file.name = "broken.xlsx"

    answer = client.post("/contacts/import/", {"file": file})

    assert answer.status_code == 422
    assert "neither a table nor an address book" in answer.content.decode()


def test_an_import_is_nobody_elses(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    given = _walk(client, cast)
    client.force_login(cast.olga)

    for page in ("", "columns/", "refused/"):
        assert client.get(f"/contacts/import/{given.pk}/{page}").status_code == 404


def test_who_may_not_add_contacts_imports_none(client: Client, cast: Cast) -> None:
    client.force_login(cast.bob)

    assert client.get("/contacts/import/").status_code == 404


def test_a_short_export_comes_at_once_and_is_remembered(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    wanted = {"rows": "everything", "format": "csv", "columns": "all"}

    answer = client.post("/contacts/export/", wanted)

    assert len(table(b"".join(answer))) == 3
    assert answer["Content-Disposition"].startswith("attachment")
    assert Fact.objects.get(event="contacts.exported").facts["rows"] == 2


def test_the_list_hands_its_filter_and_its_choice_over(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    page = client.get(f"/contacts/export/?q=kowal&ids={cast.grace.pk}").content.decode()

    assert "its search and filters" in page and "The selected contacts" in page


def test_only_the_chosen_rows_are_exported(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    chosen = f'{{"selected": {{"ids": [{cast.grace.pk}]}}}}'
    wanted = {"rows": "selected", "format": "csv", "columns": "visible", "selection": chosen}

    _heading, row = table(b"".join(client.post("/contacts/export/", wanted)))

    assert row[0] == "O’Neill"


@pytest.mark.parametrize("touched", ["[", "7", '{"selected": {"ids": ["x"]}}'])
def test_a_touched_selection_is_none(client: Client, cast: Cast, touched: str) -> None:
    client.force_login(cast.alice)
    wanted = {"rows": "selected", "format": "csv", "columns": "all", "selection": touched}

    assert client.post("/contacts/export/", wanted).status_code == 422


def test_a_long_export_is_written_in_the_background(client: Client, cast: Cast) -> None:

    crowd.contacts(cast, 1000)
    client.force_login(cast.alice)

    answer = client.post(
        "/contacts/export/", {"rows": "everything", "format": "xlsx", "columns": "all"}
    )

    batch = Batch.objects.get()
    assert answer["Location"] == f"/batches/{batch.pk}/"
    assert (batch.state, batch.done, batch.file_name[-5:]) == ("done", 1002, ".xlsx")


def test_who_may_not_export_gets_nothing(client: Client, cast: Cast) -> None:
    client.force_login(cast.bob)

    assert client.get("/contacts/export/").status_code == 404
