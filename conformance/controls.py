"""Files that must not pass: a harness that cannot refuse anything proves nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf

from conformance.samples import Sample
from paraph.sealing.authority import Authority
from tests.sealing import forge

EVERYBODY = {"paraph", "dss", "pdfbox", "pdfsig", "pyhanko"}


@dataclass(frozen=True)
class Control:
    """A spoilt sample, and the judges who must refuse it at least."""

    sample: Sample
    refused_by: frozenset[str]


def controls(whole: Sample) -> Iterator[Control]:
    """Spoil a completed file of ours in every way."""
    for name, (change, judges) in ALTERED.items():
        sample = replace(whole, name=f"spoilt, {name}", content=change(whole.content))
        yield Control(sample, frozenset(judges))
    stranger = Authority.create("Stranger", base_url="http://localhost:1", at=datetime.now(UTC))
    yield Control(
        replace(whole, name="spoilt, nobody we trust", trust=stranger.root_pem),
        frozenset({"paraph", "dss", "pyhanko"}),
    )
    yield Control(
        replace(whole, name="spoilt, another value", values=_others(whole.values)),
        frozenset({"pdfbox"}),
    )
    yield Control(
        replace(whole, name="spoilt, a lower level", level="B-T"), frozenset({"paraph", "dss"})
    )
    yield Control(
        replace(whole, name="spoilt, one signature more", signatures=whole.signatures + 1),
        frozenset({"paraph", "dss"}),
    )
    yield Control(_bare(whole), frozenset({"paraph", "dss", "pyhanko"}))
    yield Control(
        Sample("spoilt, untagged", forge.paper(), profiles=("ua1",)), frozenset({"verapdf"})
    )


def _bare(whole: Sample) -> Sample:
    """Signed without time stamp or validation data, but said to last."""
    content = forge.signed(forge.paper())
    return replace(
        whole,
        name="spoilt, nothing lasting",
        content=content,
        trust=forge.ROOT,
        signatures=1,
        values={},
    )


def _flipped(content: bytes) -> bytes:
    """One bit of the first revision, in the middle of a page's stream."""
    place = content.index(b"stream", 2000) + 60
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _resigned(content: bytes) -> bytes:
    """The last digits of the first signature's message are others."""
    found = re.search(rb"/Contents\s*<[0-9a-f]{3000}", content)
    assert found, "There is no signature."
    place = found.end() - 900
    digit = b"0" if content[place : place + 1] != b"0" else b"1"
    return content[:place] + digit + content[place + 1 :]


def _truncated(content: bytes) -> bytes:
    """The last revision is cut in two."""
    return content[: len(content) - 4000]


def _appended(content: bytes) -> bytes:
    return content + b"\n% and one euro more\n"


def _others(values: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{value}!" for name, value in values.items()}


def _filled_again(content: bytes) -> bytes:
    """A text field is filled in after the closing seal."""
    with pikepdf.open(BytesIO(content)) as pdf:
        fields = pdf.Root["/AcroForm"]["/Fields"]
        name = next(str(one["/T"]) for one in fields if one.get("/FT") == pikepdf.Name.Tx)
    return forge.filled(content, "Something else", field=name)


# Who notices what: DSS and pdfsig judge bytes and keys and leave later revisions to others.
ALTERED: Mapping[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "one bit flipped": (_flipped, EVERYBODY),
    "another signature value": (_resigned, EVERYBODY),
    "cut short": (_truncated, {"paraph", "dss", "pdfbox", "qpdf", "structure"}),
    "bytes appended": (_appended, {"paraph", "pdfbox", "structure"}),
    "another price": (forge.repriced, {"paraph", "dss", "pyhanko", "structure"}),
    "a note on top": (forge.with_note, {"paraph", "dss", "pyhanko", "structure"}),
    "a page gone": (forge.without_last_page, {"paraph", "dss", "pyhanko", "structure"}),
    "filled in again": (_filled_again, {"paraph", "pyhanko", "structure"}),
    "no form any more": (forge.without_signatures, {"paraph", "dss", "structure"}),
    "pages behind a broken table": (forge.with_repaired_pages, {"paraph", "pdfbox", "structure"}),
}
