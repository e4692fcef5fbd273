"""Bytes added behind the last signature, or cut off before it: incremental saving attacks."""

from collections.abc import Iterator

from tests.sealing import forge
from tests.sealing.mutants.mutant import Attack, Forgery
from tests.sealing.mutants.tools import Writer, dictionary, name, stream

APPENDED = {
    "newline": b"\n",
    "zero": b"\0",
    "end-mark": b"\n%%EOF\n",
    "remark": b"% nothing to see\n",
    "object": b"\n900 0 obj\n<< /Type /Page >>\nendobj\n",
    "second-pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
    "trailer-only": b"\ntrailer\n<< /Size 900 >>\nstartxref\n0\n%%EOF\n",
    "start-only": b"\nstartxref\n15\n%%EOF\n",
    "empty-table": b"\nxref\n0 0\ntrailer\n<< /Size 1 >>\nstartxref\n9\n%%EOF\n",
}


def endings() -> Iterator[Attack]:
    """Every way of adding to the end, and of cutting it off."""
    for title, added in APPENDED.items():
        yield Attack(f"appended-{title}", _with(added))
    for share in (0.2, 0.45, 0.7, 0.95):
        yield Attack(f"cut-at-{share}", _cut(share))
    yield Attack("cut-by-one", lambda pdf: pdf[:-2])
    yield Attack("prefixed", lambda pdf: b"%a\n" + pdf)
    yield Attack("repaired-pages", forge.with_repaired_pages)
    yield Attack("unused-object", lambda pdf: forge.updated(pdf, _unused))
    yield Attack("twice", lambda pdf: pdf + pdf)


def _with(added: bytes) -> Forgery:
    return lambda pdf: pdf + added


def _cut(share: float) -> Forgery:
    return lambda pdf: pdf[: int(len(pdf) * share)]


def _unused(writer: Writer) -> None:
    """Keep a page for later, where nothing shows it yet."""
    words = writer.add_object(stream(b"BT /F1 12 Tf 72 700 Td (9 200,00 EUR) Tj ET"))
    writer.add_object(dictionary(Type=name("/Page"), Contents=words))
