"""Comments: who may write, whom they call, and what remains of one that was taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from paraph.comments.actions import edit_comment, withdraw_comment, write_comment
from paraph.comments.jobs import forget_comments
from paraph.comments.mentions import MOST_TRIED, called_in, offered
from paraph.comments.models import Comment, Subject
from paraph.comments.refusals import CannotComment, TooLateToChange
from paraph.contacts.actions.merging import merge_contacts
from paraph.journal import Fact
from paraph.messaging.models import Message
from paraph.people.models import Department, Employee
from paraph.signing.actions.drafting import delete_draft
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

LATER = NOON + timedelta(minutes=16)


def about(cast: Cast) -> tuple[Subject, int]:
    return Subject.CONTACT, cast.frank.pk


def comment(cast: Cast, text: str) -> Comment:
    return write_comment(text, about=about(cast), author=cast.alice, at=NOON)


def recipients() -> list[str]:
    letters = Message.objects.filter(kind="comment_mention")
    return list(letters.order_by("pk").values_list("recipient", flat=True))


def test_a_comment_is_a_fact_on_the_rows_timeline(cast: Cast) -> None:
    written = comment(cast, "Likes to be called")

    fact = Fact.objects.about("contact", cast.frank.pk).order_by("-pk")[0]
    assert (fact.event, fact.facts["comment_id"]) == ("comment.written", written.pk)
    assert "called" not in str(fact.facts)


def test_who_is_mentioned_gets_one_letter_in_their_language(cast: Cast) -> None:
    Employee.objects.filter(pk=cast.olga.pk).update(language="fr")

    written = comment(cast, "@olga nowak: look. @Olga Nowak!")
    edit_comment(written, text="@Olga Nowak and @Bob Weber", by=cast.alice, at=NOON)

    assert recipients() == [cast.olga.email, cast.bob.email]
    letter = Message.objects.filter(kind="comment_mention").order_by("pk")[0]
    assert letter.language == "fr"
    assert f"/contacts/{cast.frank.pk}/#comment-{written.pk}" in letter.text


def test_who_mentions_themselves_gets_no_letter(cast: Cast) -> None:
    comment(cast, "A note for @Alice Martin")

    assert recipients() == []


def test_who_may_not_see_it_cannot_be_mentioned(cast: Cast) -> None:
    with pytest.raises(CannotComment, match="Mallory Stone may not see this"):
        comment(cast, "@Mallory Stone, look")

    assert (Comment.objects.count(), recipients()) == (0, [])


def test_a_name_that_goes_on_is_another_name(cast: Cast) -> None:
    assert called_in("@Alice Martinez, alice@example.org and @nobody") == []
    assert called_in("Ask @Alice Martin.") == [cast.alice]


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_a_comment_says_something_short(cast: Cast, text: str) -> None:
    with pytest.raises(CannotComment):
        comment(cast, text)


def test_only_its_author_changes_a_comment_and_only_for_a_while(cast: Cast) -> None:
    written = comment(cast, "Called")

    with pytest.raises(TooLateToChange):
        edit_comment(written, text="Mine", by=cast.olga, at=NOON)
    with pytest.raises(TooLateToChange):
        withdraw_comment(written, by=cast.alice, at=LATER)


def test_what_is_taken_back_leaves_a_trace_and_no_words(cast: Cast) -> None:
    written = comment(cast, "A secret")

    edit_comment(written, text="Still a secret", by=cast.alice, at=NOON)
    withdraw_comment(written, by=cast.alice, at=NOON)

    written.refresh_from_db()
    told = Fact.objects.about("comment", written.pk).order_by("pk")
    assert written.text == ""
    assert [fact.event for fact in told] == [
        "comment.written",
        "comment.edited",
        "comment.withdrawn",
    ]


def test_only_colleagues_who_may_see_it_are_offered(cast: Cast) -> None:
    envelope = make.draft(cast)
    Employee.objects.filter(pk=cast.mallory.pk).update(first_name="Aline")

    found = offered(Subject.ENVELOPE, envelope.pk, typed="Al", by=cast.olga)
    own = offered(Subject.ENVELOPE, envelope.pk, typed="Al", by=cast.alice)

    assert (found, own) == ([cast.alice], [])


def test_who_is_responsible_is_offered_before_a_crowd_that_sees_nothing(cast: Cast) -> None:
    ours, theirs = (Department.objects.create(name=name) for name in ("Export", "Sales"))
    Employee.objects.filter(pk=cast.olga.pk).update(department=ours)
    Employee.objects.filter(pk=cast.alice.pk).update(department=theirs)
    Employee.objects.bulk_create(
        Employee(first_name="Al", last_name=f"Aab{n}", email=f"al{n}@example.org", department=ours)
        for n in range(MOST_TRIED)
    )
    cast.olga.refresh_from_db()

    found = offered(*about(cast), typed="Al", by=cast.olga)

    assert found == [cast.alice]


def test_what_was_written_about_a_merged_contact_is_read_on_its_survivor(
    cast: Cast, client: Client
) -> None:
    written = comment(cast, "Prefers the afternoon")
    survivor = cast.grace
    merge_contacts(survivor, [cast.frank], wanted={}, by=cast.alice.actor, at=NOON)

    edit_comment(written, text="Ask @Bob Weber", by=cast.alice, at=NOON)

    client.force_login(cast.alice)
    assert "Ask <b" in client.get(f"/comments/contact/{survivor.pk}/").text
    assert recipients() == [cast.bob.email]


def test_comments_go_with_what_they_are_about(cast: Cast) -> None:
    kept = write_comment(
        "Stays", about=(Subject.CONTACT, cast.grace.pk), author=cast.alice, at=NOON
    )
    comment(cast, "Is ill")
    draft = make.draft(cast, parties="Erin")
    write_comment("A draft", about=(Subject.ENVELOPE, draft.pk), author=cast.alice, at=NOON)
    delete_draft(draft, by=cast.alice.actor, at=NOON)

    forget_comments(contact_id=cast.frank.pk)

    assert list(Comment.objects.exclude(text="")) == [kept]
