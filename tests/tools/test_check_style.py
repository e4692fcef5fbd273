"""Habits: hidden clocks, hooks, mocks and requests in the wrong place are refused."""

from pathlib import Path

import pytest

from tests.tools.place import put, sentences
from tools import check_style

WORDS = "django.utils.translation"
BREACHES = [
    ("paraph/signing/actions.py", "def send():\n    return timezone.now()\n", "reads the clock"),
    ("paraph/signing/rules.py", "from django.http import HttpRequest\n", "knows a request"),
    ("paraph/signing/models.py", "class A:\n    def save(self):\n        ...\n", "overrides save"),
    ("paraph/people/apps.py", "from django.db.models.signals import post_save\n", "behind"),
    ("paraph/desk/it.py", f"from {WORDS} import gettext as now\n", "not be translated"),
    ("tests/signing/test_it.py", "from unittest.mock import Mock\n", "real thing"),
    ("tests/signing/test_it.py", "def test(m):\n    monkeypatch.setattr(m, 1)\n", "real thing"),
]


@pytest.mark.parametrize(("name", "source", "reason"), BREACHES)
def test_a_breach_is_refused_with_its_reason(
    tmp_path: Path, name: str, source: str, reason: str
) -> None:
    put(tmp_path, name, f'"""What lives here."""\n{source}')

    (sentence,) = sentences(check_style.violations(tmp_path))

    assert reason in sentence


def test_a_module_says_what_lives_in_it(tmp_path: Path) -> None:
    put(tmp_path, "paraph/signing/rules.py", "TURNS = 3\n")

    assert sentences(check_style.violations(tmp_path)) == ["does not say what lives here."]


def test_the_interface_may_read_the_clock(tmp_path: Path) -> None:
    source = '"""When a request came."""\nreceived_at = timezone.now()\n'
    put(tmp_path, "paraph/people/middleware.py", source)

    assert sentences(check_style.violations(tmp_path)) == []
