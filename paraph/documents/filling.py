"""Turns what is known into what a template is filled with: texts, rows, conditions, pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import Any

import segno
from segno.helpers import make_epc_qr

from paraph.kit import files

from .catalogue import Placeholder, ValueKind
from .expressions import IMAGE, PAYMENT, QR, condition_of, parsed
from .gathering import Known
from .modifiers import changed, written
from .values import Lines, Value, counts

IF = "#if "
WIDTHS = {"logo": 40.0, "stamp": 36.0, "signature": 45.0}  # millimetres
_QR_WIDTH = 26.0
_LARGEST_TRANSFER = 999_999_999


@dataclass(frozen=True)
class Gap:
    """A value that somebody may write, or has to."""

    name: str
    label: str
    kind: ValueKind
    present: str
    may_be_empty: bool

    @property
    def is_missing(self) -> bool:
        return not self.present and not self.may_be_empty


@dataclass
class Instructions:
    """What the child is told: texts and conditions by token, pictures with their files."""

    options: dict[str, Any]
    pictures: list[bytes] = field(default_factory=list)


def is_if(token: str) -> bool:
    """Tell whether a token asks for a condition."""
    return token.lower().startswith(IF)


def with_typed(known: Known, typed: Mapping[str, str], names: Mapping[str, Placeholder]) -> Known:
    """Return what is known with what somebody typed over it."""
    over = {
        name: _read(text, names[name].kind if name in names else ValueKind.TEXT)
        for name, text in typed.items()
    }
    return replace(known, values={**known.values, **over})


def gaps(tokens: Sequence[str], known: Known, names: Mapping[str, Placeholder]) -> list[Gap]:
    """Return the values of a template that a person may write, missing ones marked."""
    used = dict.fromkeys(
        expression.name
        for token in tokens
        if not is_if(token)
        for expression in [parsed(token)]
        if not expression.list
    )
    optional = {condition_of(token[len(IF) :])[0] for token in tokens if is_if(token)}
    optional |= {parsed(token).name for token in tokens if "default" in dict(parsed(token).steps)}
    found = []
    for name in used:
        placeholder = names.get(name) or _asked(name)
        if placeholder is None or placeholder.is_worked_out:
            continue
        found.append(
            Gap(
                name=name,
                label=str(placeholder.label),
                kind=placeholder.kind,
                present=_typed(known.values.get(name), known.language),
                may_be_empty=placeholder.may_be_empty or name in optional,
            )
        )
    return found


def word_order(tokens: Sequence[str], known: Known, *, title: str) -> Instructions:
    """Return what fills a Word template that names these tokens."""
    lists = {"rows": known.rows, "tax_rows": known.tax_rows}
    conditions = [token[len(IF) :].strip() for token in tokens if is_if(token)]
    plain = [token for token in tokens if not is_if(token)]
    list_of = {token: name for token in plain if (name := parsed(token).list)}
    shown, pictures = _pictures(plain, known)
    texts = {
        token: _text(token, known.values, known.language)
        for token in plain
        if token not in list_of and token not in shown
    }
    rows_asked = {it for it in conditions if _list_named(it) and "." in condition_of(it)[0]}
    options = {
        "title": title,
        "texts": texts,
        "list_of": list_of,
        "lists": {
            name: [
                {
                    "texts": {
                        token: _text(token, row, known.language)
                        for token, of in list_of.items()
                        if of == name
                    },
                    "holds": {it: _holds(it, row) for it in rows_asked if _list_named(it) == name},
                }
                for row in rows
            ]
            for name, rows in lists.items()
        },
        "holds": {
            it: _holds(it, known.values, lists) for it in conditions if it not in rows_asked
        },
        "pictures": shown,
    }
    return Instructions(options, pictures)


def snapshot(tokens: Sequence[str], known: Known) -> dict[str, str]:
    """Return what was written where, to be kept beside the document."""
    plain = [token for token in tokens if not is_if(token) and not parsed(token).list]
    return {
        token: _text(token, known.values, known.language)
        for token in plain
        if not token.startswith((IMAGE, QR))
    }


def _read(text: str, kind: ValueKind) -> Value:
    text = text.strip()
    if kind is ValueKind.LINES:
        return Lines(tuple(text.splitlines()))
    if kind is ValueKind.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _typed(value: Value, language: str) -> str:
    return value.isoformat() if isinstance(value, date) else written(value, language)


def _asked(name: str) -> Placeholder | None:
    question = parsed(name).question
    return Placeholder(name, question) if question else None


def _text(token: str, values: Mapping[str, Value], language: str) -> str:
    expression = parsed(token)
    return changed(values.get(expression.name), expression.steps, language)


def _list_named(condition: str) -> str:
    return parsed(condition_of(condition)[0]).list


def _holds(
    condition: str,
    values: Mapping[str, Value],
    lists: Mapping[str, Sequence[object]] | None = None,
) -> bool:
    name, wanted = condition_of(condition)
    there = bool(lists[name]) if lists and name in lists else counts(values.get(name))
    return there is wanted


def _pictures(
    tokens: Sequence[str], known: Known
) -> tuple[dict[str, dict[str, object]], list[bytes]]:
    """Return how each picture is shown, and its bytes; one that does not exist shows nothing."""
    shown: dict[str, dict[str, object]] = {}
    pictures: list[bytes] = []
    for token in tokens:
        content = _picture(token, known)
        if content is not None:
            expression = parsed(token)
            width = dict(expression.steps).get("width", "")
            usual = WIDTHS.get(expression.name.removeprefix(IMAGE), _QR_WIDTH)
            millimetres = float(width) if width.isascii() and width.isdigit() else usual
            label = known.company.name if known.company else ""
            shown[token] = {"width_mm": min(max(millimetres, 5.0), 200.0), "label": label}
            pictures.append(content)
    return shown, pictures


def _picture(token: str, known: Known) -> bytes | None:
    name = parsed(token).name
    if name.startswith(IMAGE) and known.company:
        kept = getattr(known.company, name.removeprefix(IMAGE), "")
        return files.get(kept) if kept else None
    if name.startswith(QR):
        return _qr(name.removeprefix(QR), known)
    return None


def _qr(name: str, known: Known) -> bytes | None:
    code = payment_code(known) if name == PAYMENT else None
    if name != PAYMENT and (text := written(known.values.get(name), known.language)):
        code = segno.make(text, error="m", micro=False)
    if code is None:
        return None
    out = BytesIO()
    code.save(out, kind="png", scale=8, border=2)
    return out.getvalue()


def payment_code(known: Known) -> segno.QRCode | None:
    """Return what a banking program reads to transfer the total, where that is possible."""
    company, total = known.company, known.figures.gross
    if company is None or not company.iban or known.figures.currency != "EUR":
        return None
    if not 0 < total <= _LARGEST_TRANSFER:
        return None
    number = written(known.values.get("number"), known.language)
    try:
        return make_epc_qr(
            name=company.name[:70],
            iban=company.iban,
            amount=total,
            bic=None,
            text=number[:140] or "-",
        )
    except ValueError:  # an account that does not check
        return None
