"""Writes incremental updates from a plan: objects, cross-reference section, and one signature
whose byte range is the whole revision but its own hole. Never parses the file."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from paraph.sealing.draft import Paper, digest_of
from paraph.sealing.model import Plan

# Room for four numbers of up to ten digits and their brackets.
BYTE_RANGE_ROOM = 46

Cms = Callable[[bytes], bytes]


class HoleTooSmall(Exception):
    """A signature came out longer than the room that was kept for it."""


@dataclass(frozen=True)
class Signature:
    """A signature dictionary to be written: its entries, its hole, and who fills it."""

    number: int
    entries: str
    reserve: int
    sign: Cms


class Writer:
    """Appends revisions to one file; ``tail`` and ``next_plan`` are what came of it."""

    def __init__(self, file: Paper, plan: Plan) -> None:
        if len(file) != plan.length:
            raise ValueError("The plan belongs to another revision of the file.")
        self.plan = plan
        self.fields, self.catalog = dict(plan.fields), dict(plan.catalog)
        self.pictures, self.validation = dict(plan.pictures), plan.validation
        self.time_fields = list(plan.time_fields)
        self.tail = bytearray()
        self._digest = digest_of(file)
        self._objects: dict[int, bytes] = {}
        self._end, self._size, self._table = plan.length, plan.size, plan.startxref
        if file[-1:] not in (b"\n", b"\r"):
            self._append(b"\n")

    @property
    def next_plan(self) -> Plan:
        """The plan that fits the file with its tail."""
        return replace(
            self.plan,
            length=self._end,
            size=self._size,
            startxref=self._table,
            catalog=self.catalog,
            fields=self.fields,
            time_fields=self.time_fields,
            pictures=self.pictures,
            validation=self.validation,
        )

    def reserve_number(self) -> int:
        """A fresh object number."""
        self._size += 1
        return self._size - 1

    def put(self, number: int, body: bytes) -> None:
        """Write an object, new or replaced, with the next revision."""
        self._objects[number] = body

    def add(self, body: bytes) -> int:
        """Write a new object with the next revision."""
        number = self.reserve_number()
        self.put(number, body)
        return number

    def add_stream(self, entries: str, content: bytes) -> int:
        """Write a new stream with the next revision."""
        head = f"<<{entries}/Length {len(content)}>>\nstream\n".encode("latin-1")
        return self.add(head + content + b"\nendstream")

    def set_field(self, name: str, changed: Mapping[str, str]) -> None:
        """Rewrite a form field with some entries changed."""
        before = self.fields[name]
        after = replace(before, entries={**before.entries, **changed})
        self.fields[name] = after
        self.put(after.number, dictionary(after.entries))

    def set_catalog(self, changed: Mapping[str, str]) -> None:
        """Rewrite the catalog when some of its entries really change."""
        if not changed.items() <= self.catalog.items():
            self.catalog.update(changed)
            self.put(self.plan.root, dictionary(self.catalog))

    def finish(self, signature: Signature | None = None) -> bytes:
        """End the revision; answer with all bytes that fill the hole of its signature."""
        start = self._end
        body, offsets = bytearray(), {}
        for number, written in self._objects.items():
            offsets[number] = start + len(body)
            body += b"%d 0 obj\n%b\nendobj\n" % (number, written)
        gap = range(0)
        if signature is not None:
            offsets[signature.number] = start + len(body)
            gap = _write_with_gap(body, signature)
        table = start + len(body)
        body += self._cross_reference(offsets, table)
        body += b"startxref\n%d\n%%%%EOF\n" % table
        if signature is not None:
            self._fill(body, gap, signature)
        self._objects = {}
        self._table = table
        self._append(bytes(body))
        if signature is None:
            return b""
        return bytes.fromhex(body[gap.start + 1 : gap.stop - 1].decode("ascii"))

    def _append(self, written: bytes) -> None:
        self.tail += written
        self._digest.update(written)
        self._end += len(written)

    def _fill(self, body: bytearray, gap: range, signature: Signature) -> None:
        """Say what is covered, hash it, and put the signature into its gap."""
        start = self._end
        covered = (0, start + gap.start, start + gap.stop, len(body) - gap.stop)
        written = b"[%d %d %d %d]" % covered
        place = body.rindex(b" " * BYTE_RANGE_ROOM, 0, gap.start)
        body[place : place + len(written)] = written
        digest = self._digest.copy()
        digest.update(body[: gap.start])
        digest.update(body[gap.stop :])
        signed = signature.sign(digest.digest()).hex().encode("ascii")
        if len(signed) > len(gap) - 2:
            raise HoleTooSmall(f"{len(signed)} digits do not fit into {len(gap) - 2}.")
        body[gap.start + 1 : gap.start + 1 + len(signed)] = signed

    def _cross_reference(self, offsets: dict[int, int], table: int) -> bytes:
        """The newest table, written the way the file's own tables are."""
        if not self.plan.has_xref_stream:
            trailer = self._trailer(f"/Size {self._size}")
            return b"xref\n" + b"".join(_table_rows(offsets)) + b"trailer\n" + trailer + b"\n"
        number = self.reserve_number()
        offsets = {**offsets, number: table}
        rows = b"".join(b"\x01%b\0" % offsets[one].to_bytes(5, "big") for one in sorted(offsets))
        index = " ".join(f"{run.start} {len(run)}" for run in _runs(offsets))
        entries = f"/Type/XRef/W[1 5 1]/Index[{index}]/Size {self._size}/Length {len(rows)}"
        return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (
            number,
            self._trailer(entries),
            rows,
        )

    def _trailer(self, entries: str) -> bytes:
        plan, fresh = self.plan, secrets.token_hex(16)
        info = f"/Info {plan.info} 0 R" if plan.info is not None else ""
        return (
            f"<<{entries}/Root {plan.root} 0 R{info}/Prev {self._table}"
            f"/ID[<{plan.file_id}><{fresh}>]>>"
        ).encode("ascii")


def dictionary(entries: Mapping[str, str]) -> bytes:
    """A dictionary from entries as they are written."""
    return ("<<" + " ".join(f"{key} {value}" for key, value in entries.items()) + ">>").encode(
        "latin-1"
    )


def string(content: str) -> str:
    """A text string, whatever its letters."""
    return f"<FEFF{content.encode('utf-16-be').hex().upper()}>"


def references(numbers: Iterable[int]) -> str:
    """An array of references."""
    return "[" + " ".join(f"{number} 0 R" for number in numbers) + "]"


def _write_with_gap(body: bytearray, signature: Signature) -> range:
    """Write the signature dictionary; answer where its empty /Contents lies."""
    room = " " * BYTE_RANGE_ROOM
    head = f"{signature.number} 0 obj\n<<{signature.entries}/ByteRange {room}/Contents "
    body += head.encode("latin-1")
    start = len(body)
    body += b"<" + b"0" * (2 * signature.reserve) + b">"
    gap = range(start, len(body))
    body += b">>\nendobj\n"
    return gap


def _runs(offsets: Mapping[int, int]) -> list[range]:
    """The object numbers as runs without holes."""
    runs: list[range] = []
    for number in sorted(offsets):
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return runs


def _table_rows(offsets: Mapping[int, int]) -> Iterator[bytes]:
    for run in _runs(offsets):
        yield b"%d %d\n" % (run.start, len(run))
        for number in run:
            yield b"%010d 00000 n \n" % offsets[number]
