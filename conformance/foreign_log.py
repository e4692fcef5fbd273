"""A second implementation reads our public log: ``aics-tlog``, which shares no code with us.

It checks every checkpoint's signature, every tile and bundle of every shard, that each
checkpoint begins with the one before, and the proofs that travel with documents; and it must
refuse what was spoilt. Run as ``python -m conformance.foreign_log``, in a process of its own.
"""

from __future__ import annotations

import base64
import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "tlog.txt"
HOME = Path(sys.prefix) / "aics-tlog"
ENTRIES = (3, 255, 40, 700, 1)
"""How many facts come before each checkpoint: below, at and above the width of a tile."""


def objections() -> list[str]:
    """Have a process of its own make a log and let the other implementation judge it."""
    _install()
    command = (sys.executable, "-W", "error::DeprecationWarning", "-m", __name__)
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        return [f"the log could not be judged: {done.stderr[-2000:]}"]
    return done.stdout.splitlines()


def _install() -> None:
    """Put it into a folder of its own, where nothing else sees it; its hash is locked.

    It asks for a newer Python than ours may be, and needs none.
    """
    marker = HOME / ".installed"
    if marker.exists() and marker.read_text("utf-8") == LOCK.read_text("utf-8"):
        return
    words = ["--quiet", "--no-deps", "--ignore-requires-python", "--require-hashes", "--upgrade"]
    pip = [sys.executable, "-m", "pip", "install", *words, "--target", str(HOME), "-r", str(LOCK)]
    subprocess.run(pip, check=True, timeout=300)
    marker.write_text(LOCK.read_text("utf-8"), "utf-8")


def _judged() -> Iterator[str]:
    from paraph.journal.models import LogShard

    for shard in LogShard.objects.order_by("number"):
        yield from _checkpoints(shard)
        yield from _tiles(shard)
    yield from _proofs()
    yield from _spoilt(LogShard.objects.get(number=0))


def _checkpoints(shard: Any) -> Iterator[str]:
    """Signatures, and that each state begins with the one before."""
    from paraph.journal.log.publishing import reader
    from paraph.tlog.tree import consistency_proof

    key = _aics().parse_vkey(shard.public_key)
    states = []
    for note in shard.checkpoints.order_by("size").values_list("note", flat=True):
        found = _aics().verify_checkpoint(_aics().parse_note(note), key)
        if not found.ok:
            yield f"{shard.origin}: a checkpoint is refused: {found.error}"
        states.append(_said(note))
    hashes = reader(shard, size=shard.published)
    for old, new in pairwise(states):
        path = consistency_proof(hashes, old=old.size, new=new.size)
        sizes, roots = (old.size, new.size), (old.root, new.root)
        if not _aics().verify_consistency(*sizes, *roots, path):
            yield f"{shard.origin}: {new.size} entries do not begin with {old.size}"


def _tiles(shard: Any) -> Iterator[str]:
    """Every tile and every bundle, against the newest checkpoint."""
    root = _said(shard.checkpoints.latest("size").note).root
    report = _aics().audit_tiles(_reader(shard), shard.published, root)
    if report.size != shard.published:
        yield f"{shard.origin}: {report.size} entries were audited"


def _proofs() -> Iterator[str]:
    """The proofs of a document's facts, read as text, as its evidence has them."""
    from paraph.journal.log.publishing import covering, proofs_of
    from paraph.journal.models import Fact
    from paraph.tlog.proofs import written

    facts = list(Fact.objects.filter(event="party.signed"))
    checkpoint = covering(facts)
    assert checkpoint is not None
    proofs = proofs_of(facts, under=checkpoint)
    if len(proofs) != len(facts):
        yield "a fact has no proof"
    for fact in facts:
        if not _holds(written(proofs[fact.pk]), entry=bytes.fromhex(fact.commitment)):
            yield f"the proof of fact {fact.pk} is refused"
        if _holds(written(replace(proofs[fact.pk], index=0)), entry=bytes(32)):
            yield "a wrong proof is accepted"


def _holds(text: str, *, entry: bytes) -> bool:
    """Read a tlog-proof with nothing of ours, and let them follow its path."""
    head, _blank, note = text.partition("\n\n")
    _format, index, *path = head.split("\n")
    said = _said(note)
    where = int(index.removeprefix("index "))
    hashes = [base64.b64decode(line) for line in path]
    answer: bool = _aics().verify_leaf_inclusion(entry, where, said.size, hashes, said.root)
    return answer


def _spoilt(shard: Any) -> Iterator[str]:
    """One bit of a tile, and one of a bundle: both must be refused."""
    root = _said(shard.checkpoints.latest("size").note).root
    for path in ("tile/0/000", "tile/entries/001"):
        tiles = _reader(shard)
        content = bytearray(tiles.tiles[path])
        content[100] ^= 1
        tiles.tiles[path] = bytes(content)
        try:
            _aics().audit_tiles(tiles, shard.published, root)
        except ValueError:
            continue
        yield f"a changed {path} is accepted"


def _reader(shard: Any) -> Any:
    """The published files of a shard, and nothing else of ours."""
    from django.conf import settings

    folder = settings.PARAPH_DATA / "files" / "log" / str(shard.number)
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {str(path.relative_to(folder)): path.read_bytes() for path in files}
    return _aics().MemoryTileReader(found)


def _said(note: str) -> Any:
    """What a checkpoint says, as they read it."""
    return _aics().parse_checkpoint(_aics().parse_note(note).text)


def _aics() -> Any:  # it is not installed where types are checked
    return importlib.import_module("aics_tlog")


def _lived(data: Path) -> None:
    """Move in, sign, ring bells, and go on in a second shard."""
    from conformance.house import move_in

    move_in(data)
    from paraph.journal.log.publishing import begin_anew
    from tests import cast, make
    from tests.journal.log.deeds import logged
    from tests.moments import NOON

    make.completed(cast.gather())
    for number, entries in enumerate(ENTRIES):
        logged(entries, first=1000 * number)
    begin_anew(at=NOON)
    logged(300, first=10_000)


def main() -> None:
    """Print what the other implementation objects to."""
    sys.path.insert(0, str(HOME))
    os.environ["CONFORMANCE_PLACE"] = "trial"
    with tempfile.TemporaryDirectory() as data:
        _lived(Path(data))
        print("\n".join(_judged()))


if __name__ == "__main__":
    main()
