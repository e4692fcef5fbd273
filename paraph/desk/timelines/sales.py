"""Words for what happens to deals."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paraph.desk.money import money, plain_number

from .wording import Details, Words, changes, reason

WORDS: Words = {
    "deal.created": ("briefcase", gettext_lazy("Deal begun")),
    "deal.edited": ("pencil", gettext_lazy("Deal edited")),
    "deal.handed-over": ("user-share", gettext_lazy("Handed over")),
    "deal.moved": ("arrow-right", gettext_lazy("Moved to another stage")),
    "deal.won": ("trophy", gettext_lazy("Deal won")),
    "deal.lost": ("circle-x", gettext_lazy("Deal lost")),
    "deal.reopened": ("refresh", gettext_lazy("Deal reopened")),
    "deal.explained": ("message", gettext_lazy("Reason written down")),
    "deal.commented": ("message", gettext_lazy("Remark")),
    "deal.rows-changed": ("list-details", gettext_lazy("Products changed")),
    "deal.person-added": ("user-plus", gettext_lazy("Takes part in a deal")),
    "deal.person-removed": ("user-minus", gettext_lazy("Takes no part in a deal any more")),
}


def _title(facts: dict[str, Any]) -> str:
    return str(facts.get("title", ""))


def _person(facts: dict[str, Any]) -> str:
    return f"{facts.get('full_name', '')} · {facts.get('title', '')}"


def _from_to(facts: dict[str, Any]) -> str:
    return f"{facts.get('before') or '–'} → {facts.get('after') or '–'}"


def _edited(facts: dict[str, Any]) -> str:
    """Tell what was changed; an amount as people write it."""
    told = dict(facts.get("changes", {}))
    if pair := told.get("amount"):
        told["amount"] = [plain_number(Decimal(it), cents=True) if it else "" for it in pair]
    return changes(facts | {"changes": told})


def _text(facts: dict[str, Any]) -> str:
    return str(facts.get("text", ""))


def _rows(facts: dict[str, Any]) -> str:
    """Tell how many rows there are, and what they came to before and now."""
    number = facts.get("rows", 0)
    rows = ngettext("%d row", "%d rows", number) % number
    before, after = (
        money(Decimal(facts.get(name, "0")), facts.get("currency", "EUR"))
        for name in ("before", "after")
    )
    return _("%(rows)s: %(before)s → %(after)s") % {
        "rows": rows,
        "before": before,
        "after": after,
    }


DETAILS: Details = {
    "deal.created": _title,
    "deal.edited": _edited,
    "deal.handed-over": _from_to,
    "deal.moved": _from_to,
    "deal.won": _title,
    "deal.lost": _title,
    "deal.explained": reason,
    "deal.commented": _text,
    "deal.rows-changed": _rows,
    "deal.person-added": _person,
    "deal.person-removed": _person,
}
