"""Looks at the demo company from inside its installation, as somebody who has just started it."""

import json
import re
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone

from paraph.board.figures.team import Choice, team_of
from paraph.comments.models import Comment
from paraph.config.demo.staff import PASSWORD
from paraph.config.schedule import SCHEDULE
from paraph.journal.models import Fact
from paraph.kit import db
from paraph.kit.engines import embedded
from paraph.kit.jobs import enqueue
from paraph.kit.models import Failure, KeptOrder
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.signing.models import Envelope
from tests.invariants import check_invariants

PAGES = re.compile(r'<a\b[^>]*\bhref="(/[^"?#]*)"')
ONE_ROW = re.compile(r"/[a-z]+/\d+/")


def work() -> list[str]:
    """Do every job that loading has left for later, and each that recurs; those that failed."""
    with db.unit_of_work():
        for recurring in SCHEDULE:
            enqueue(recurring.job)
    KeptOrder.objects.update(run_at=timezone.now())
    while embedded.work_on_next(least_priority=-99):
        pass
    return [*Failure.objects.values_list("error", flat=True)]


def read(person: Employee, language: str) -> dict[str, int]:
    """Open what the first page leads to, and the first row of each list; how they answered."""
    Employee.objects.filter(pk=person.pk).update(language=language)
    client = Client(headers={"host": "localhost"})
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    start, answers = client.get("/").text, dict[str, int]()
    assert f'<html lang="{language}"' in start
    for page in sorted({*PAGES.findall(start)}):
        if not ONE_ROW.fullmatch(page):
            answer = client.get(page, follow=True)
            rows = (it for it in PAGES.findall(answer.text) if ONE_ROW.fullmatch(it))
            answers[page] = answer.status_code
            answers |= {row: client.get(row).status_code for row in islice(rows, 1)}
    return answers


def unexplained() -> list[str]:
    """Name the documents that were sent at another moment than is told of, and do not say so."""
    facts = Fact.objects.filter(event="envelope.sent")
    sent = Envelope.objects.exclude(sent_at=None)
    moved = [it for it in sent if it.sent_at != facts.about("envelope", it.pk).get().at]
    return [
        it.title
        for it in moved
        if not Comment.objects.filter(noun="envelope", object_id=it.pk).exists()
    ]


def look() -> dict[str, object]:
    """Say what there is."""
    ada = Employee.objects.get(email="ada@lumiere.example")
    weeks = team_of(ada, Choice(), at=timezone.now()).weeks
    return {
        "failed": work(),
        "unexplained": unexplained(),
        "rows": {model._meta.label: model._base_manager.count() for model in apps.get_models()},
        "standings": [*Envelope.objects.values_list("standing", flat=True)],
        "deals": [*Deal.objects.values_list("stage__kind", flat=True)],
        "weeks": [week.sent for week in weeks],
        "pages": {language: read(ada, language) for language, _name in settings.LANGUAGES},
    }


if __name__ == "__main__":
    check_invariants()
    print(json.dumps(look()))
