"""Judges an uploaded Word template: which names it knows, what in it was probably meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .catalogue import Placeholder
from .expressions import condition_of, is_condition, meant, oddity_in, parsed
from .filling import IF, is_if
from .making import Looked
from .modifiers import MODIFIERS

HARMLESS = frozenset({"unknown-image"})
Problem = dict[str, Any]
"""``code``, ``written``, ``meant`` and where: ``story``, ``page``, ``text``."""

_SENTENCES: Mapping[str, str | Promise] = {
    "unknown-field": gettext_lazy("There is no field of this name."),
    "unknown-modifier": gettext_lazy("There is no such way to write a value."),
    "unknown-image": gettext_lazy("There is no such picture."),
    "unknown-condition": gettext_lazy("This condition asks for a field that does not exist."),
    "row-outside-table": gettext_lazy("Fields of rows can only stand in a row of a table."),
    "open-brace": gettext_lazy("A brace is opened here and never closed."),
    "unclosed-if": gettext_lazy("This block begins and has no {/if}."),
    "stray-end": gettext_lazy("This {/if} ends no block."),
}
_STORIES: Mapping[str, str | Promise] = {
    "header": gettext_lazy("Header"),
    "footer": gettext_lazy("Footer"),
    "footnotes": gettext_lazy("Footnote"),
    "endnotes": gettext_lazy("Endnote"),
}


def problems_in(looked: Looked, known: Mapping[str, Placeholder]) -> list[Problem]:
    """Return everything that has to be mended before documents can be made."""
    problems = [dict(fault) | {"meant": ""} for fault in looked.faults]
    for token in looked.tokens:
        code, suggestion = _judged(token, known)
        if code:
            where = {name: token[name] for name in ("story", "page", "text")}
            problems.append(
                {"code": code, "written": token["written"], "meant": suggestion, **where}
            )
    return problems


def names_in(looked: Looked) -> list[str]:
    """Return the tokens, each once, in their order."""
    return list(dict.fromkeys(str(token["written"]) for token in looked.tokens))


def sentence(problem: Problem) -> str:
    """Say a problem in words."""
    return str(_SENTENCES.get(problem["code"], problem["code"]))


def place(problem: Problem) -> str:
    """Say where a problem stands."""
    if story := _STORIES.get(problem["story"]):
        return str(story)
    return _("Page %s") % problem["page"] if problem["page"] else ""


def braced(written: str) -> str:
    """Return a name as it stands in a template."""
    return "{" + written + "}" if written else ""


def _judged(token: Mapping[str, Any], known: Mapping[str, Placeholder]) -> tuple[str, str]:
    written = str(token["written"])
    if is_if(written):
        condition = written[len(IF) :]
        if is_condition(condition, known):
            return "", ""
        name, wanted = condition_of(condition)
        found = meant(name, known)
        return "unknown-condition", found and IF + ("" if wanted else "not ") + found
    if odd := oddity_in(written, known):
        return odd.code, _whole(written, odd.code, odd.meant)
    if parsed(written).list and not token["in_row"]:
        return "row-outside-table", ""
    return "", ""


def _whole(written: str, code: str, suggestion: str) -> str:
    """Return the suggestion with what else stands between the braces, mended as well."""
    if not suggestion or code == "unknown-modifier":
        return suggestion
    _name, *steps = written.split("|")
    return "|".join([suggestion, *(_mended(step.strip()) for step in steps)])


def _mended(step: str) -> str:
    word, colon, argument = step.partition(":")
    known = word if word in MODIFIERS else meant(word, MODIFIERS) or word
    return known + colon + argument


def is_usable(problems: Sequence[Problem]) -> bool:
    """Tell whether documents can be made in spite of these problems."""
    return all(problem["code"] in HARMLESS for problem in problems)
