"""EU DSS, Apache PDFBox and veraPDF: one Java process for all files and all three."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance.judges import signed_fields
from conformance.samples import Filed, Sample

HERE = Path(__file__).parent
JARS = HERE / "target/jars"
PROJECTS = (HERE, HERE / "invoices")
LOCK = "jars.sha256"
NAMES = ("dss", "pdfbox", "verapdf")
BY_VERAPDF = frozenset({"ua1", "ua2", "1b", "2a", "2b", "2u", "3a", "3b"})
PATIENCE = 900

Said = Mapping[str, Any]  # JSON
Opinions = dict[tuple[str, str], list[str]]


class CannotJudge(Exception):
    """The judges cannot be had here."""


def build() -> None:
    """Compile the judges and fetch what they are made of; a second time without a network."""
    missing = [name for name in ("java", "javac", "mvn") if shutil.which(name) is None]
    if missing:
        raise CannotJudge(
            f"{', '.join(missing)} not found: install Java 17 and Maven "
            "(Debian: apt-get install openjdk-17-jdk-headless maven)."
        )
    for project in PROJECTS:
        _build(project)


def _build(project: Path) -> None:
    shutil.rmtree(project / "target/jars", ignore_errors=True)  # those of earlier versions
    goals = ("compile", "dependency:copy-dependencies")
    quiet = ("mvn", "--quiet", "--batch-mode", "--no-transfer-progress")
    if _ran(project, *quiet, "--offline", *goals) is not None:
        print("Fetching the Java validators (once; about a minute) …", flush=True)
        if (said := _ran(project, *quiet, *goals)) is not None:
            raise CannotJudge(f"Maven could not build the judges:\n{said}")
    _refuse_other_jars(project)


def lock() -> None:
    """Write down which jars the judges are made of."""
    for project in PROJECTS:
        lines = "".join(f"{line}\n" for line in _fingerprints(project))
        (project / LOCK).write_text(lines, encoding="ascii")


def judge(files: Sequence[Filed]) -> Opinions:
    """What is wrong with each file in the eyes of each judge; nothing, when it agrees."""
    asked = "".join(json.dumps(_case(one)) + "\n" for one in files)
    memory = ("-Xmx1500m", "-Djava.awt.headless=true")
    classes = os.pathsep.join((str(HERE / "target/classes"), str(JARS / "*")))
    done = subprocess.run(
        ["java", *memory, "-cp", classes, "paraph.conformance.Judges"],
        input=asked,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise CannotJudge(f"The Java process ended with {done.returncode}:\n{done.stderr[-3000:]}")
    by_path = {str(one.path): one.sample for one in files}
    opinions: Opinions = {}
    for line in done.stdout.splitlines():
        said = json.loads(line)
        sample = by_path[said["path"]]
        opinions[said["judge"], said["path"]] = list(_problems(said, sample))
    return opinions


def _case(one: Filed) -> Said:
    moments = one.sample.moments if one.sample.signatures else ()
    return {
        "path": str(one.path),
        "trust": [str(one.trust)],
        "moments": list(moments),
        "profiles": [it for it in one.sample.profiles if it in BY_VERAPDF],
    }


def _problems(said: Said, sample: Sample) -> Iterator[str]:
    if "refused" in said:
        yield f"cannot read it: {said['refused']}"
    elif said["judge"] == "dss":
        for moment, opinion in said["opinion"].items():
            yield from (f"at {moment[:10]}: {found}" for found in _by_dss(opinion, sample))
    elif said["judge"] == "pdfbox":
        yield from _by_pdfbox(said["opinion"], sample)
    else:
        for profile, found in said["opinion"].items():
            yield from (f"{profile}: {rule} ({count} times)" for rule, count in found.items())


def _by_dss(said: Said, sample: Sample) -> Iterator[str]:
    brought = _fields_brought(sample)
    ours = [one for one in said["signatures"] if one["field"] not in brought]
    if len(ours) != sample.signatures:
        yield f"sees {len(ours)} signatures of ours instead of {sample.signatures}"
    for one in ours:
        if one["indication"] != "TOTAL_PASSED":
            yield f"{one['field']} is {one['indication']}/{one['subIndication']}: {one['errors']}"
        if one["level"] != f"PAdES-BASELINE-{sample.level.removeprefix('B-')}":
            yield f"{one['field']} reaches {one['level']} instead of {sample.level}"
    for one in said["stamps"]:
        if one["indication"] != "PASSED" and one["field"] not in brought:
            yield f"a time stamp is {one['indication']}/{one['subIndication']}: {one['errors']}"
    for one in (*said["signatures"], *said["stamps"]):
        yield from _changes_seen_by_dss(one, is_brought=one["field"] in brought)


def _changes_seen_by_dss(one: Said, *, is_brought: bool) -> Iterator[str]:
    """After a signature from elsewhere our own empty fields are new on the page."""
    if not one["intact"]:
        yield f"{one['field']} is not intact"
    kinds = ("undefinedChanges", "pagesAddedOrGone", "pagesOverlapping", "annotationChanges")
    for what in kinds[: 3 if is_brought else 4]:
        if one.get(what):
            yield f"{what} after {one['field']}: {one[what][:3]}"


def _by_pdfbox(said: Said, sample: Sample) -> Iterator[str]:
    if not sample.signatures:
        return
    for one in said["signatures"]:
        if not one["intact"]:
            yield f"{one['field']} does not verify"
        if not one["oneGap"]:
            yield f"{one['field']} leaves out more than itself"
    if max((one["end"] for one in said["signatures"]), default=0) != len(sample.content):
        yield "the last signature does not cover the end"
    for name, value in sample.values.items():
        if said["values"].get(name) != value:
            yield f"{name} holds {said['values'].get(name)!r} instead of {value!r}"


def _fields_brought(sample: Sample) -> set[str]:
    return set(signed_fields(sample.content[: sample.brought]))


def _ran(project: Path, *command: str) -> str | None:
    """Run Maven there; answer with what it said when it failed."""
    done = subprocess.run(
        command, cwd=project, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return (done.stdout + done.stderr)[-3000:] if done.returncode else None


def _refuse_other_jars(project: Path) -> None:
    """Only the jars that were written down are run, wherever they came from."""
    expected = (project / LOCK).read_text(encoding="ascii").splitlines()
    if strange := sorted(set(_fingerprints(project)) ^ set(expected)):
        raise CannotJudge(f"Other jars than those in {project / LOCK}: {', '.join(strange[:4])}")


def _fingerprints(project: Path) -> list[str]:
    return [
        f"{hashlib.sha256(jar.read_bytes()).hexdigest()}  {jar.name}"
        for jar in sorted((project / "target/jars").glob("*.jar"))
    ]
