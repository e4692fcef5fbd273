"""Text with placeholders: ``{first_name}``, or ``{first_name|friend}`` where it may be empty.

The language is this small on purpose: what is no placeholder is text, and a misspelt one is
refused before anything is sent.
"""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")
BRACE = re.compile(r"[{}]")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; where one is empty, what stands behind the bar."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], "").strip() or match[2] or "", text)


def names_in(text: str) -> set[str]:
    """Return the names of the placeholders in the text."""
    return {match[1] for match in PLACEHOLDER.finditer(text)}


def problems_with(text: str, known: Collection[str]) -> list[str]:
    """Say, in sentences for the writer, what in the text is no placeholder."""
    wrong = [match[1] for match in PLACEHOLDER.finditer(text) if match[1] not in known]
    problems = [_unknown(name, known) for name in dict.fromkeys(wrong)]
    if BRACE.search(PLACEHOLDER.sub("", text)):
        problems.append(
            _("A curly bracket stands alone. Fields are written like {%(name)s}.")
            % {"name": next(iter(known))}
        )
    return problems


def _unknown(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return _("There is no field {%(name)s}. Did you mean {%(near)s}?") % {
            "name": name,
            "near": near[0],
        }
    return _("There is no field {%(name)s}.") % {"name": name}
