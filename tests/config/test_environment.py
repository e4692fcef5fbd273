"""How settings are read from the environment."""

import pytest

from paraph.config import environment

KNOWN = ["en", "fr", "pl"]


@pytest.mark.parametrize(
    ("own", "terminal", "read"),
    [
        ("", "fr_FR.UTF-8", "fr"),
        ("pl", "fr_FR.UTF-8", "pl"),
        ("", "C.UTF-8", "en"),
        ("", "", "en"),
    ],
)
def test_the_demo_speaks_the_language_asked_for_or_that_of_the_terminal(
    own: str, terminal: str, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PARAPH_LANGUAGE": own, "LANG": terminal}.items():
        monkeypatch.setenv(name, value)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)

    assert environment.language("PARAPH_LANGUAGE", known=KNOWN) == read
