"""Cards of the board: filled in, they say what their template would have said of each."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import override

from paraph.board.actions.arranging import begin_with_the_usual
from paraph.board.queries import layout_of
from paraph.desk.board.cards import Card, CardWriter, Mark, Moment
from paraph.desk.board.drawing import drawn
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

WHEN = Moment("in 3 days", "“noon”", (NOON + timedelta(days=3)).isoformat())


def _by_template(card: Card) -> str:
    context = {"card": card, "board": {"sprite": static("icons.svg")}}
    return str(render_to_string("desk/board/card.html", context))


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_card_is_what_its_template_says(cast: Cast, language: str) -> None:
    make.draft(cast)
    begin_with_the_usual()
    row = Envelope.objects.select_related("responsible").get()
    row.title, row.client_name, row.acting_names = '<b> & "it\'s"', "A & B", "Erin"
    with override(language):
        [plain] = CardWriter(cast.alice, layout_of(cast.alice), at=NOON).cards([row])
        late = replace(plain, lane=3, amount="1 €", deadline=WHEN, is_late=True, moves="send")
        marked = replace(late, is_late=False, is_near=True, marks=[Mark("clock", "Soon", False)])
        bare = replace(plain, lane=None, marks=[Mark("lock", "Locked", True)])

        cards = (plain, late, marked, bare)
        assert [str(drawn(card)) for card in cards] == [_by_template(card) for card in cards]
