"""What the timeline says of facts: a line of words each, and details where they help."""

from collections.abc import Callable
from typing import Any

from paraph.contacts.rules import readable_phone

Words = dict[str, tuple[str, Any]]
"""By the fact's name: an icon, and a lazy sentence."""

Details = dict[str, Callable[[dict[str, Any]], str]]
"""By the fact's name: what is told beside the sentence, from the fact's payload."""


def changes(facts: dict[str, Any]) -> str:
    """Tell what was before and what is now."""
    pairs = facts.get("changes", {}).values()
    return "; ".join(f"{before or '–'} → {after or '–'}" for before, after in pairs)


def addressee(facts: dict[str, Any]) -> str:
    """Tell who was written to, and where."""
    told = (str(facts.get(name) or "") for name in ("party", "recipient"))
    return " · ".join(readable_phone(it) if it.startswith("+") else it for it in told if it)


def reason(facts: dict[str, Any]) -> str:
    """Tell the reason somebody gave."""
    return str(facts.get("reason", ""))
