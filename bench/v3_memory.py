"""V3: how much memory the worker takes to seal a scan of 50 MB, and whether time grows with
size alone: laid out and certified, signed by two, closed. The worker is a process of its own,
as in an installation; its peak is what the system counted."""

from __future__ import annotations

import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import django
import pikepdf
from django.core.management import call_command

MEGABYTE = 1_000_000
SIZES = (12, 25, 50)
PAGES = 10
PAGE = os.sysconf("SC_PAGE_SIZE")
PATIENCE = 120
MOST_EXTRA = 120
MOST_COPIES = 2
# Fixed costs make small files dearer by the megabyte, never large ones.
MOST_GROWTH = 1.2


@dataclass(frozen=True)
class Run:
    """One file's way: its megabytes, the worker's peak and rest, the most that worker and children
    had at one moment, and the seconds of sealing."""

    size: float
    peak: float
    rest: float
    family: float
    seconds: float

    @property
    def added(self) -> float:
        """What the file adds to the worker, as a multiple of its size."""
        return (self.peak - self.rest) / self.size


def measure() -> list[dict[str, object]]:
    """The worker's peak for the largest, and how time grows."""
    runs = [_run(size) for size in SIZES]
    first, last = runs[0], runs[-1]
    most = 2 * last.size + MOST_EXTRA
    growth = (last.seconds / first.seconds) / (last.size / first.size)
    rows = [
        _row("V3.1", f"peak of the worker, a scan of {last.size:.0f} MB", last.peak, "MB")
        | {"target": f"≤ {most:.0f}", "holds": last.peak <= most},
        _row("V3.2", "of which the worker holds at rest", last.rest, "MB"),
        _row("V3.3", "what the scan adds to that ÷ its size", last.added, "×")
        | {"target": f"≤ {MOST_COPIES}", "holds": last.added <= MOST_COPIES},
        _row("V3.4", "with children at work on other jobs meanwhile, at most", last.family, "MB"),
        _row("V3.5", f"time for {SIZES[-1]} MB ÷ {SIZES[0]} MB, for each megabyte", growth, "×")
        | {"target": f"≤ {MOST_GROWTH}", "holds": growth <= MOST_GROWTH},
    ]
    return rows + [
        _row("V3.6", f"laid out, two acts, closed, {run.size:.0f} MB", run.seconds, "s")
        for run in runs
    ]


def _row(identity: str, what: str, value: float, unit: str) -> dict[str, object]:
    return {
        "id": identity,
        "what": what,
        "value": round(value, 2),
        "unit": unit,
        "target": "none of its own",
        "holds": True,
    }


def _run(size: int) -> Run:
    """Measure in a process of its own, whose installation is thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "paraph.config.settings",
            "PARAPH_DATA": folder,
            "PARAPH_KEY_FILE": f"{folder}/master.key",
            "PARAPH_SECRET_KEY": "only for this measurement",
            "PARAPH_JOBS": "embedded",
            "DATABASE_URL": "",
        }
        (Path(folder) / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
        command = [sys.executable, "-m", "bench.v3_memory", str(size)]
        child = subprocess.run(command, env=environment, capture_output=True, text=True)
    if child.returncode:
        raise RuntimeError(child.stderr[-2000:])
    return Run(**json.loads(child.stdout.splitlines()[-1]))


def _walk(size: int) -> Run:
    """Seal a small file, then the large one, with a worker beside; its figures."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from paraph.config.serving import LEAN
    from tests import cast

    people = cast.gather()
    worker = subprocess.Popen(
        [sys.executable, "-m", "paraph.config.cli", "runner"],
        env={**LEAN, **os.environ},  # as `paraph serve` and `paraph worker` start it
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _sealed(people, b"")
        rest = _megabytes(worker, "VmHWM")
        content = _scan(size)
        family = Family(worker.pid)
        seconds = _sealed(people, content)
        most = family.most_megabytes()
        return Run(len(content) / MEGABYTE, _megabytes(worker, "VmHWM"), rest, most, seconds)
    finally:
        worker.terminate()
        worker.wait(timeout=PATIENCE)


def _sealed(people: Any, content: bytes) -> float:  # a Cast, imported late
    """From sending to completed; the seconds that the worker was waited for."""
    from paraph.signing.actions.sending import send_envelope
    from paraph.signing.models import Envelope, Party
    from tests import make

    enclosed = [_document(people, content)] if content else []
    envelope = make.draft(people, documents=enclosed, at=_now())
    send_envelope(envelope, by=people.alice.actor, at=_now())
    seconds = 0.0
    for name, status in (("Erin", "sent"), ("Frank", "completed")):
        seconds += _waited(
            lambda name=name: make.party(envelope, name=name).status == "asked"  # type: ignore[misc]  # bound at once
        )
        make.act(make.party(envelope, name=name), at=_now())
        seconds += _waited(
            lambda name=name, status=status: (  # type: ignore[misc]  # bound at once
                Party.objects.get(envelope=envelope, name__startswith=name).signed_at is not None
                and Envelope.objects.get(pk=envelope.pk).status == status
            )
        )
    return seconds


def _document(people: Any, content: bytes) -> Any:  # as above
    """A document as an upload of these bytes leaves it."""
    from paraph.documents.models import RevisionKind
    from paraph.kit import files
    from tests import make

    document = make.document(people.alice, title="Scan", pages=PAGES)
    kinds = [RevisionKind.UPLOADED, RevisionKind.ORIGINAL]
    document.revisions.filter(kind__in=kinds).update(sha256=files.put(content), size=len(content))
    return document


def _waited(is_done: Callable[[], bool]) -> float:
    begun = time.monotonic()
    while not is_done():
        if time.monotonic() - begun > PATIENCE:
            raise TimeoutError("The worker does not come to an end.")
        time.sleep(0.02)
    return time.monotonic() - begun


def _megabytes(process: subprocess.Popen[bytes], what: str) -> float:
    """A figure that the system keeps of a process, in megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith(what))
    return int(line.split()[1]) * 1024 / MEGABYTE


class Family:
    """What a process and its children have in memory, looked at every so often."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._is_over = pid, 0.0, threading.Event()
        self._watching = threading.Thread(target=self._watch)
        self._watching.start()

    def most_megabytes(self) -> float:
        """Stop looking; the most that was seen."""
        self._is_over.set()
        self._watching.join()
        return self._most

    def _watch(self) -> None:
        while not self._is_over.wait(0.05):
            self._most = max(self._most, _resident(self._pid))


def _resident(pid: int) -> float:
    """Megabytes of a process and of all that came from it; pages shared are counted twice."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        children = Path(f"/proc/{pid}/task").glob("*/children")
        found = " ".join(each.read_text(encoding="ascii") for each in children).split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return pages * PAGE / MEGABYTE + sum(_resident(int(child)) for child in found)


def _scan(size: int) -> bytes:
    """Pages that are pictures and do not shrink any further."""
    chance = random.Random(3)
    pdf = pikepdf.new()
    for _ in range(PAGES):
        pdf.add_blank_page(page_size=(595, 842))
        page, rows = pdf.pages[-1], size * MEGABYTE // PAGES // 1000
        picture = pdf.make_stream(chance.randbytes(rows * 1000))
        picture.stream_dict.update(_gray(rows))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
        page.Contents = pdf.make_stream(b"q 495 0 0 742 50 50 cm /Scan Do Q")
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()


def _gray(rows: int) -> pikepdf.Dictionary:
    name = pikepdf.Name
    return pikepdf.Dictionary(
        Type=name.XObject,
        Subtype=name.Image,
        Width=1000,
        Height=rows,
        ColorSpace=name.DeviceGray,
        BitsPerComponent=8,
    )


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    print(json.dumps(vars(_walk(int(sys.argv[1])))))
