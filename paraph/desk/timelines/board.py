"""Words for what happens to the board's columns."""

from typing import Any

from django.utils.translation import gettext_lazy

from .wording import Details, Words, changes

WORDS: Words = {
    "board-stage.made": ("columns-3", gettext_lazy("Column added to the board")),
    "board-stage.edited": ("pencil", gettext_lazy("Column of the board changed")),
    "board-stage.placed": ("arrow-right", gettext_lazy("Documents fall in another column")),
    "board-stage.merged": ("trash", gettext_lazy("Column of the board merged with another")),
}


def _merged(facts: dict[str, Any]) -> str:
    return f"{facts.get('title', '')} → {facts.get('heir', '')}"


DETAILS: Details = {
    "board-stage.made": lambda facts: str(facts.get("title", "")),
    "board-stage.edited": changes,
    "board-stage.placed": changes,
    "board-stage.merged": _merged,
}
