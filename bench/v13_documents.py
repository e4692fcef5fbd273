"""V13: how long a built-in invoice and a Word template take, beside the bare tools."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")

import django

django.setup()

import docx  # noqa: E402  # after the set-up
from django.conf import settings  # noqa: E402

from paraph.documents.child.word.filling import RESULT  # noqa: E402
from paraph.documents.figures import figures_of  # noqa: E402
from paraph.documents.filling import word_order  # noqa: E402
from paraph.documents.gathering import Known  # noqa: E402
from paraph.documents.intake import MOST_PIXELS  # noqa: E402
from paraph.documents.typeset.compiling import typeset  # noqa: E402
from paraph.documents.typeset.content import content_of  # noqa: E402
from paraph.documents.values import Lines, PersonName, Value  # noqa: E402
from paraph.kit import sandbox  # noqa: E402
from paraph.sales.choices import ProductLine  # noqa: E402

ROUNDS = 5
ROWS = 12
TOKENS = (
    *("my.name", "company.name", "company.address|one-line", "contact.name|initials", "today"),
    *("rows.name", "rows.quantity", "rows.net", "totals.gross", "totals.gross|words"),
    "#if company.iban",
)


def measure() -> Iterator[Mapping[str, object]]:
    """Make an invoice of twelve rows each way; what LibreOffice adds is in ``v13_formats``."""
    with tempfile.TemporaryDirectory() as folder:
        settings.PARAPH_DATA = folder
        sandbox.confinement()
        known, template = _known(), _template()
        content = content_of(known, title="Invoice")
        typeset("invoice", content)
        whole = _milliseconds(lambda: typeset("invoice", content_of(known, title="Invoice")))
        yield _figure("built-in invoice, values to PDF", whole, 100)
        yield _figure(
            "the same by Typst alone", _milliseconds(lambda: typeset("invoice", content))
        )
        spent = _milliseconds(lambda: _filled(template, known))
        yield _figure("Word template filled behind walls", spent, 500)
        yield _figure("a child that does nothing", _milliseconds(_nothing))


def _known() -> Known:
    """Return what a deal of twelve rows says, without a database."""
    lines = [
        ProductLine(f"Lamp {n}", Decimal(n), Decimal("49.90"), tax_rate=Decimal(20))
        for n in range(1, ROWS + 1)
    ]
    figures = figures_of(lines, "EUR")
    values: dict[str, Value] = {
        "number": "2026-0042",
        "today": date(2026, 3, 5),
        "my.name": "Atelier Lumière",
        "company.name": "Boulangerie Petit",
        "company.address": Lines(("8 place Bellecour", "69002 Lyon")),
        "contact.name": PersonName("Julien", "Petit"),
    }
    names = ("before_discount", "discount", "net", "tax", "gross")
    values |= {f"totals.{name}": figures.money(getattr(figures, name)) for name in names}
    rows: list[dict[str, Value]] = [
        {
            "rows.name": row.name,
            "rows.quantity": row.quantity,
            "rows.unit": "",
            "rows.price": figures.money(row.price),
            "rows.discount": None,
            "rows.tax_rate": row.tax_rate,
            "rows.net": figures.money(row.net),
        }
        for row in figures.rows
    ]
    return Known("fr", values, figures, rows, [], None)


def _template() -> bytes:
    document = docx.Document()
    for token in TOKENS[:5]:
        document.add_paragraph(f"Some words, {{{token}}}, and some more.")
    table = document.add_table(rows=1, cols=3)
    for cell, token in zip(table.rows[0].cells, TOKENS[5:8], strict=True):
        cell.text = f"{{{token}}}"
    document.add_paragraph("{#if company.iban}IBAN{/if} {totals.gross} {totals.gross|words}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _filled(template: bytes, known: Known) -> bytes:
    order = word_order(TOKENS, known, title="Invoice")
    verb = "paraph.documents.child.word.filling:fill"
    return sandbox.run(verb, [template], most_pixels=MOST_PIXELS, **order.options).files[RESULT]


def _nothing() -> None:
    sandbox.run("look-around", secret="")


def _milliseconds(work: Callable[[], object]) -> float:
    spent = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1000)
    return median(spent)


def _figure(what: str, value: float, most: float | None = None) -> Mapping[str, object]:
    return {
        "id": "V13",
        "what": what,
        "value": value,
        "unit": "ms",
        "target": "for comparison" if most is None else f"at most {most:,} ms",
        "holds": most is None or value <= most,
    }
