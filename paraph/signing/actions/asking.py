"""Questions before signing: a party asks, who is responsible answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from paraph import journal
from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from .. import messages, steps
from ..line_events import QuestionAnswered, QuestionAsked
from ..models import Question, SigningSession
from ..refusals import CannotAsk
from ..tries import hold_proven

LENGTH = 2000
OPEN_AT_ONCE = 5
SAME = timedelta(minutes=10)


@db.transaction
def ask_question(session: SigningSession, *, text: str, at: datetime) -> Question:
    """Ask who is responsible; the same words twice within minutes are one question."""
    party, text = hold_proven(session, at=at), text.strip()
    if not text or len(text) > LENGTH:
        raise CannotAsk(
            _("Write your question, in at most %(count)d characters.") % {"count": LENGTH}
        )
    known = party.questions.filter(text=text, asked_at__gt=at - SAME).first()
    if known is not None:
        return known
    if party.questions.filter(answered_at=None).count() >= OPEN_AT_ONCE:
        raise CannotAsk(_("Your earlier questions are still open. Please wait for the answers."))

    question = Question.objects.create(party=party, text=text, asked_at=at)
    asked = QuestionAsked(party.envelope_id, party.pk, question.pk, party.name, text)
    journal.record(asked, by=party.actor, at=at)
    letter = messages.to_responsible(
        "question_asked", party.envelope, party=party, question=question
    )
    deliver(letter, once=f"question-{question.pk}", at=at)
    return question


@db.transaction
def answer_question(question: Question, *, text: str, by: Employee, at: datetime) -> None:
    """Answer a party, once; the answer goes to them with a link back to the document."""
    party, text = question.party, text.strip()
    steps.hold(party)
    question.refresh_from_db()
    if question.is_answered:
        raise CannotAsk(_("This question has been answered."))
    if not text or len(text) > LENGTH:
        raise CannotAsk(
            _("Write the answer, in at most %(count)d characters.") % {"count": LENGTH}
        )

    question.answer, question.answered_at, question.answered_by = text, at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    answered = QuestionAnswered(party.envelope_id, party.pk, question.pk, party.name, text)
    journal.record(answered, by=by.actor, at=at)
    if party.is_asked and party.envelope.is_open:
        token = steps.give_link(party, at=at)
        letter = messages.question_answered(party, question=question, token=token)
        deliver(letter, once=f"answer-{question.pk}", at=at)
