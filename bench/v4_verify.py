"""V4: how fast a file is checked: known by its hash, and analysed in full.

S is a contract of ten pages and 200 KB, signed by two and closed. The bare library is pyHanko
with its own rules, asked once for every signature and time stamp of the same file.
"""

import asyncio
import hashlib
import io
import json
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import django
from django.core.management import call_command
from django.test import Client
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_timestamp
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec
from pyhanko_certvalidator import ValidationContext
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from paraph.sealing.analysis.trust import roots_from, rules
from paraph.sealing.report import Trust
from paraph.sealing.sandboxed import verify_isolated
from paraph.sealing.verify import verify
from tests.sealing import forge

ROUNDS = 7
REGISTERED = 10_000


def measure() -> list[dict[str, object]]:
    """Measure both targets; the bare library runs in turns with ours, in the same process."""
    file = forge.completed(_contract())
    rounds = _in_turns(lambda: _check(file), lambda: _check_bare(file))
    ours, bare = (statistics.median(figures) for figures in zip(*rounds, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in rounds)
    child = _milliseconds(lambda: verify_isolated(file, trust=[forge.ROOT]))
    return [
        _row("V4.1", "known file by hash, on the server", _known(), "ms", 5),
        _row("V4.2", "full analysis of S against the bare library", ratio, "×", 1.5),
        _row("V4.3", "full analysis of S", ours, "ms", None),
        _row("V4.4", "bare library on S", bare, "ms", None),
        _row("V4.5", "full analysis of S in its own process", child, "ms", None),
    ]


def _row(
    identity: str, what: str, value: float, unit: str, target: float | None
) -> dict[str, object]:
    return {
        "id": identity,
        "what": what,
        "value": round(value, 2),
        "unit": unit,
        "target": "" if target is None else target,
        "holds": target is None or value <= target,
    }


def _contract() -> bytes:
    """Return ten pages of words, and a picture that makes them 200 KB."""
    noise = random.Random(4).randbytes(3 * 230 * 230)
    picture = ImageReader(Image.frombytes("RGB", (230, 230), noise))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawImage(picture, 400, 700, 100, 100)
    for page in range(1, 11):
        for line in range(45):
            words = f"{page}.{line} The parties agree on what stands here, and on nothing else."
            canvas.drawString(72, 780 - line * 15, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _check(file: bytes) -> None:
    assert verify(file, trust=[forge.ROOT]).trust == Trust.TRUSTED


def _check_bare(file: bytes) -> None:
    asyncio.run(_validated(file))


async def _validated(file: bytes) -> None:
    roots = list(roots_from([forge.ROOT]))
    reader = PdfFileReader(io.BytesIO(file))
    for signature in reader.embedded_signatures:
        if signature.sig_object_type == "/DocTimeStamp":
            context = ValidationContext(trust_roots=roots, allow_fetching=False)
            await async_validate_pdf_timestamp(signature, context)
        else:
            signature.compute_integrity_info()
            await ades_lta_validation(signature, PdfSignatureValidationSpec(rules(roots)))


def _in_turns(*tasks: Callable[[], None]) -> list[list[float]]:
    """Measure the tasks side by side, round by round, after one round to warm up."""
    logging.getLogger("pyhanko").addHandler(logging.NullHandler())
    return [[_milliseconds(task) for task in tasks] for _ in range(ROUNDS + 1)][1:]


def _milliseconds(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return (time.perf_counter() - begun) * 1000


def _known() -> float:
    """Measure in a process of its own, whose installation is thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PARAPH_DATA": folder, "DATABASE_URL": ""}
        environment["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
        command = [sys.executable, "-m", "bench.v4_verify"]
        child = subprocess.run(command, env=environment, capture_output=True, check=True)
    return float(json.loads(child.stdout.splitlines()[-1]))


def _measure_known() -> float:
    """Ask the running pages for a hash among ten thousand; the median of a hundred answers."""
    django.setup()
    call_command("migrate", verbosity=0)
    hashes = _register()
    client = Client(SERVER_NAME="localhost")

    def ask(sha256: str) -> None:
        assert client.get(f"/verify/known/{sha256}/?ask").json() == {"known": True}

    ask(hashes[0])
    return statistics.median(_milliseconds(partial(ask, each)) for each in hashes[1:101])


def _register() -> list[str]:
    """Register documents as an installation of some years has them."""
    from paraph.documents.models import Document, Revision, RevisionKind
    from paraph.people.models import Employee, Installation

    at = datetime.now(UTC)
    Installation.objects.update_or_create(pk=1, defaults={"set_up_at": at})
    owner = Employee.objects.create_user("erin@example.org")
    document = Document.objects.create(code="S", title="S", responsible=owner, created_at=at)
    hashes = [hashlib.sha256(b"%d" % number).hexdigest() for number in range(REGISTERED)]
    Revision.objects.bulk_create(
        Revision(
            document=document,
            number=number,
            kind=RevisionKind.COMPLETED,
            sha256=sha256,
            size=1,
            created_at=at,
        )
        for number, sha256 in enumerate(hashes)
    )
    return hashes


if __name__ == "__main__":
    print(_measure_known())
