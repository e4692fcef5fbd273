"""The board on the desk: cards move as the life cycle allows, and it tells what has changed."""

import html
import json
import re

import pytest
from django.test import Client

from paraph.board.models import ColumnSight, Place, Stage
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true"}


def _stage(name: str) -> Stage:
    return next(stage for stage in Stage.objects.all() if stage.name == name)


def _status(envelope: Envelope) -> str:
    return str(Envelope.objects.get(pk=envelope.pk).status)


def test_a_draft_that_is_moved_on_goes_to_the_last_look(client: Client, cast: Cast) -> None:
    draft = make.draft(cast)
    client.force_login(cast.alice)

    answer = client.post(f"/board/cards/{draft.pk}/send/", headers=HTMX)

    assert answer["HX-Redirect"] == f"/envelopes/{draft.pk}/review/"
    assert _status(draft) == Status.DRAFT


def test_cancelling_asks_why_and_reopening_makes_a_draft(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)
    card = f"/board/cards/{envelope.pk}"

    assert 'name="reason"' in client.get(f"{card}/cancel/", headers=HTMX).content.decode()
    client.post(f"{card}/cancel/", {"reason": "A typing mistake"}, headers=HTMX)
    answer = client.post(f"{card}/reopen/", headers=HTMX)

    draft = Envelope.objects.latest("pk")
    undo = json.loads(answer["HX-Trigger"])["paraph:moved"]["undo"]
    assert (_status(envelope), draft.status) == (Status.CANCELLED, Status.DRAFT)
    client.post(undo, headers=HTMX)
    assert not Envelope.objects.filter(pk=draft.pk).exists()


def test_a_move_that_the_life_cycle_lacks_is_refused(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)

    assert client.post(f"/board/cards/{envelope.pk}/send/", headers=HTMX).status_code == 409
    assert client.post(f"/board/cards/{envelope.pk}/fly/", headers=HTMX).status_code == 404


def test_who_may_only_look_moves_nothing(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.bob)

    assert 'data-moves=""' in client.get("/board/").content.decode()
    assert client.post(f"/board/cards/{envelope.pk}/remind/", headers=HTMX).status_code == 404


def test_changes_are_told_once(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    first = client.get("/board/changes/?seen=0-0", headers=HTMX)
    seen = first["Paraph-Version"]
    assert client.get(f"/board/changes/?seen={seen}", headers=HTMX).status_code == 204

    envelope = make.draft(cast, title="Lamps for the hall")
    told = client.get(f"/board/changes/?seen={seen}", headers=HTMX)

    assert "Lamps for the hall" in told.content.decode()
    assert told["Paraph-Version"] != seen
    client.force_login(cast.mallory)
    assert client.get(f"/board/changes/?seen={seen}").status_code == 404
    assert client.get(f"/board/cards/{envelope.pk}/", headers=HTMX).status_code == 404


def test_what_left_a_narrowed_board_is_named(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    seen = client.get("/board/changes/?seen=0-0", headers=HTMX)["Paraph-Version"]
    envelope = make.draft(cast, title="Lamps")

    address = f"/board/changes/?seen={seen}&q=chairs"
    told = client.get(f"{address}&here={envelope.pk}", headers=HTMX).content.decode()

    assert f'data-gone="{envelope.pk}"' in told
    assert 'data-gone=""' in client.get(address, headers=HTMX).content.decode()


def test_the_quick_look_shows_people_pages_and_what_happened(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)

    panel = client.get(f"/board/cards/{envelope.pk}/", headers=HTMX).content.decode()
    page = client.get(f"/board/?all=1&card={envelope.pk}").content.decode()

    for words in ("Erin Lindqvist", "Frank Kowalski", "size=phone", "Remind"):
        assert words in panel, words
        assert words in page, words


def test_a_column_is_folded_hidden_and_shown_again(client: Client, cast: Cast) -> None:
    draft, stage = make.draft(cast, title="Lamps"), _stage("Preparing")
    client.force_login(cast.alice)
    sight = f"/board/columns/{stage.pk}/sight/"

    client.post(sight, {"sight": "folded"})
    assert "Lamps" not in client.get("/board/").content.decode()
    client.post(sight, {"sight": "hidden"})
    assert "Show “Preparing” again" in client.get("/board/").content.decode()
    client.post("/board/columns/0/sight/")

    assert draft.title in client.get("/board/").content.decode()
    assert not ColumnSight.objects.exists()


@pytest.mark.parametrize(
    ("kind", "chosen"), [("sight", {"sight": "folded"}), ("lanes", {"by": "responsible"})]
)
def test_a_search_stays_when_the_board_is_seen_another_way(
    client: Client, cast: Cast, kind: str, chosen: dict[str, str]
) -> None:
    client.force_login(cast.alice)
    searched = client.get("/board/?q=lamps").content.decode()
    address = re.search(rf'action="(/board/[^"]*{kind}/[^"]*)" hx-post', searched)
    assert address

    plain = client.post(html.unescape(address[1]), chosen)
    lively = client.post(address[1].partition("?")[0], chosen | {"q": "lamps"}, headers=HTMX)

    assert plain["Location"] == "/board/?q=lamps"
    assert 'data-query="q=lamps"' in lively.content.decode()


def test_the_gear_comes_along_with_what_it_can_show_again(client: Client, cast: Cast) -> None:
    make.draft(cast, title="Lamps")
    make.draft(cast, title="Chairs")
    client.force_login(cast.alice)
    sight = f"/board/columns/{_stage('Closing').pk}/sight/"
    narrowed = {"q": "lamps", "all": "1"}

    hidden = client.post(sight, narrowed | {"sight": "hidden"}, headers=HTMX).content.decode()
    shown = client.post(sight, narrowed | {"sight": ""}, headers=HTMX).content.decode()

    assert "Show “Closing” again" in hidden
    assert "Show “Closing” again" not in shown
    for answer in (hidden, shown):
        assert answer.count('id="gear"') == 1
        assert "Lamps" in answer
        assert "Chairs" not in answer


def test_an_administrator_arranges_the_columns(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    client.post("/board/stages/new/", {"name": "Declined", "colour": "pink"})
    declined = _stage("Declined")
    client.post("/board/stages/", {"declined": declined.pk})
    client.post("/board/stages/", {"move": f"-{declined.pk}"})
    client.post(f"/board/stages/{declined.pk}/", {"name": "Said no", "colour": "red"})
    client.post(f"/board/stages/{_stage('Closing').pk}/merge/", {"heir": declined.pk})

    page = client.get("/board/stages/").content.decode()
    assert "Said no" in page
    assert Place.objects.get(standing="closing").stage.name == "Said no"
    client.force_login(cast.alice)
    assert client.get("/board/stages/").status_code == 404


def test_a_column_that_cannot_be_called_so_stays_as_it_was_typed(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.olga)
    long = "Waiting for the lawyers " * 3

    for path in ("/board/stages/new/", f"/board/stages/{_stage('Closing').pk}/"):
        answer = client.post(path, {"name": long, "colour": "pink"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert long.strip() in page
        assert "at most 60 characters" in page

    assert not Stage.objects.exclude(own_name="").exists()


def test_keys_of_documents_out_of_reach_are_not_told(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    seen = client.get("/board/changes/?seen=0-0", headers=HTMX)["Paraph-Version"]
    hidden = make.draft(cast, title="Secret lamps")
    Envelope.objects.filter(pk=hidden.pk).update(responsible=cast.olga)

    told = client.get(f"/board/changes/?seen={seen}", headers=HTMX).content.decode()

    assert 'data-gone=""' in told
    assert str(hidden.title) not in told
