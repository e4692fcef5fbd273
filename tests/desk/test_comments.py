"""Comments on pages: read and written by whoever may see the row, and by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from paraph.comments.models import Comment
from tests import make
from tests.cast import Cast
from tests.sales import deals

pytestmark = pytest.mark.slow


def rows(cast: Cast) -> dict[str, int]:
    return {
        "envelope": make.draft(cast).pk,
        "contact": cast.frank.pk,
        "deal": deals.deal(cast).pk,
        "company": cast.client.pk,
    }


@pytest.mark.parametrize("noun", ["envelope", "contact", "deal", "company"])
def test_a_comment_is_written_and_read_where_it_belongs(
    client: Client, cast: Cast, noun: str
) -> None:
    pk = rows(cast)[noun]
    client.force_login(cast.alice)

    written = client.post(reverse("comment-write", args=[noun, pk]), {"text": "<b>Hi</b> there"})

    page = client.get(written.headers["Location"]).content.decode()
    assert "&lt;b&gt;Hi&lt;/b&gt; there" in page


@pytest.mark.parametrize("noun", ["envelope", "contact", "deal", "company", "role"])
def test_who_does_not_see_the_row_finds_no_comments(client: Client, cast: Cast, noun: str) -> None:
    pk = rows(cast).get(noun, 1)
    client.force_login(cast.mallory)

    answers = [
        client.get(reverse("comment-list", args=[noun, pk])),
        client.post(reverse("comment-write", args=[noun, pk]), {"text": "Hi"}),
        client.get(reverse("comment-colleagues", args=[noun, pk]), {"q": "a"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not Comment.objects.exists()


def test_a_stranger_mentioned_is_refused_with_what_was_typed(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    address = reverse("comment-write", args=["contact", cast.frank.pk])

    answer = client.post(address, {"text": "@Mallory Stone look"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mallory Stone may not see this" in page
    assert "@Mallory Stone look</textarea>" in page


def test_one_edits_and_takes_back_ones_own_comment(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    client.post(reverse("comment-write", args=["contact", cast.frank.pk]), {"text": "Hi"})
    comment = Comment.objects.get()

    shown = client.get(reverse("comment-edit", args=[comment.pk])).content.decode()
    client.post(reverse("comment-edit", args=[comment.pk]), {"text": "Hello"})
    client.force_login(cast.olga)
    foreign = client.post(reverse("comment-withdraw", args=[comment.pk]))

    comment.refresh_from_db()
    assert "Hi</textarea>" in shown
    assert (comment.text, foreign.status_code) == ("Hello", 404)


def test_colleagues_are_offered_by_their_names(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    address = reverse("comment-colleagues", args=["contact", cast.frank.pk])

    page = client.get(address, {"q": "o"}).content.decode()

    assert ('data-name="Olga Nowak"' in page, "Mallory" in page) == (True, False)
