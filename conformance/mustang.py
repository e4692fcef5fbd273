"""Mustang: whether an invoice for machines is one, by the rules of EN 16931 and of PDF/A-3."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence

from conformance import java
from conformance.java import CannotJudge, Opinions
from conformance.samples import Filed

HERE = java.HERE / "invoices"
FACTUR_X = "factur-x"
_ERROR = re.compile(r"<(?:error|exception)[^>]*>(.*?)</(?:error|exception)>")


def judge(files: Sequence[Filed]) -> Opinions:
    """What is wrong with each invoice among the files; nothing, when Mustang takes it."""
    invoices = [str(one.path) for one in files if FACTUR_X in one.sample.profiles]
    if not invoices:
        return {}
    classes = os.pathsep.join((str(HERE / "target/classes"), str(HERE / "target/jars/*")))
    done = subprocess.run(
        ["java", "-Xmx1000m", "-cp", classes, "paraph.conformance.Invoices"],
        input="\n".join(invoices),
        capture_output=True,
        text=True,
        timeout=java.PATIENCE,
        check=False,
    )
    said = dict(line.split("\t", 1) for line in done.stdout.splitlines() if "\t" in line)
    if done.returncode or said.keys() != set(invoices):
        raise CannotJudge(f"Mustang ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return {("mustang", path): list(_objections(report)) for path, report in said.items()}


def _objections(report: str) -> Iterator[str]:
    yield from _ERROR.findall(report)
    if not report.rstrip().endswith('<summary status="valid"/> </validation>'):
        yield f"not valid: {report[-200:]}"
