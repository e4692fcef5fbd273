"""The check of a foreign file as interfaces should ask for it: in a child with limits, behind
walls where the caller has some.

Nothing that parses a file is imported here.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from paraph.sealing.draft import Paper
from paraph.sealing.isolation import IsolationFailed, Limits, isolated
from paraph.sealing.report import Report, unread

LIMITS = Limits(memory_mib=768, cpu_seconds=20, wall_seconds=30)
LARGEST = 200 * 1024 * 1024
MOST_TOGETHER = 20 * 1024 * 1024
"""So many bytes are judged in one child."""
FILES = "paraph.sealing.verify:verify_blobs"
ARCHIVES = "paraph.sealing.archive:verify_blobs"
ARCHIVE = b"PK\x03\x04"


def verify_isolated(
    data: Paper,
    *,
    trust: Sequence[bytes],
    original: bytes | None = None,
    limits: Limits = LIMITS,
    walls: Sequence[str] = (),
) -> Report:
    """Check a PDF like `paraph.sealing.verify.verify`, out of harm's way."""
    if len(data) > LARGEST:
        return unread(data, code="too-large")
    if data[:4] == ARCHIVE:
        return _asked(ARCHIVES, [data, *trust], {}, limits=limits, walls=walls)
    blobs = [data, *trust, *([original] if original is not None else [])]
    arguments = {"has_original": original is not None}
    return _asked(FILES, blobs, arguments, limits=limits, walls=walls)


def verify_all_isolated(
    files: Sequence[Paper], *, trust: Sequence[bytes], walls: Sequence[str] = ()
) -> list[Report]:
    """Check files of our own in one child; where they are large or that fails, each in its own."""
    if sum(map(len, files)) > MOST_TOGETHER:
        return [verify_isolated(data, trust=trust, walls=walls) for data in files]
    limits = replace(
        LIMITS,
        cpu_seconds=LIMITS.cpu_seconds * len(files),
        wall_seconds=LIMITS.wall_seconds * len(files),
    )
    try:
        answers = isolated(
            "paraph.sealing.verify:verify_each",
            blobs=[*files, *trust],
            arguments={"count": len(files)},
            limits=limits,
            walls=walls,
        )
    except IsolationFailed:
        return [verify_isolated(data, trust=trust, walls=walls) for data in files]
    return [Report.from_dict(answer) for answer in answers]


def _asked(
    task: str,
    blobs: Sequence[Paper],
    arguments: dict[str, Any],
    *,
    limits: Limits,
    walls: Sequence[str],
) -> Report:
    """Have the first of the blobs judged by a child."""
    try:
        answer = isolated(task, blobs=blobs, arguments=arguments, limits=limits, walls=walls)
    except IsolationFailed as failure:
        return unread(blobs[0], code=failure.code)
    return Report.from_dict(answer)
