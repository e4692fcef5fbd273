"""Make every kind of file, have everybody judge it, and show who says what: ``python -m
conformance``. With ``keep VERSION`` the chosen files become that release's golden files; with
``lock`` the jars are written down."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

from conformance import controls, foreign_log, golden, java, judges, mustang, samples
from conformance.controls import Control
from conformance.java import CannotJudge
from conformance.kinds import Place
from conformance.samples import Filed, Sample

COLUMNS = (*judges.JUDGES, *java.NAMES, "mustang")
SPOILT = "every field: completed"

Verdicts = dict[str, dict[str, list[str]]]


def main(arguments: Sequence[str]) -> int:
    """The exit status tells whether everybody agrees, and whether nobody was fooled."""
    if list(arguments) == ["lock"]:
        java.lock()
        return 0
    begun = time.monotonic()
    logging.disable(logging.CRITICAL)  # what pyHanko objects to is shown in the table
    try:
        java.build()
        with tempfile.TemporaryDirectory() as folder:
            made = list(_made(Path(folder)))
            if arguments:
                print(f"Kept in {golden.keep(made, version=arguments[1])}.")
                return 0
            failures = _judged(made, Path(folder)) + _show_log()
    except CannotJudge as missing:
        print(f"make conformance: {missing}", file=sys.stderr)
        return 1
    print(f"{time.monotonic() - begun:.0f} s")
    return 1 if failures else 0


def _made(folder: Path) -> Iterator[Sample]:
    """Have each place make its files, in processes of their own."""
    for place in Place:
        (folder / place).mkdir()
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda place: _make(place, folder / place), Place))
    for place in Place:
        yield from (filed.sample for filed in samples.filed_in(folder / place))


def _make(place: Place, folder: Path) -> None:
    command = (sys.executable, "-m", "conformance.house", place, str(folder))
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise CannotJudge(f"The files of {place} could not be made:\n{done.stderr[-3000:]}")


def _judged(made: Sequence[Sample], folder: Path) -> int:
    """Judge everything, show it, and count what is wrong."""
    whole = [*made, *(filed.sample for filed in golden.kept())]
    spoilt = list(controls.controls(next(one for one in made if one.name == SPOILT)))
    where = folder / "judged"
    where.mkdir()
    every = [*whole, *(control.sample for control in spoilt)]
    filed = [samples.file(sample, folder=where) for sample in every]
    verdicts = _verdicts(filed)
    failures = _show_whole(whole, verdicts) + _show_spoilt(spoilt, verdicts)
    asked = sum(len(opinions) for opinions in verdicts.values())
    print(f"{len(whole)} files and {len(spoilt)} spoilt ones, {asked} verdicts.")
    print(f"{len(every) - failures} passed, {failures} failed")
    return failures


def _verdicts(filed: Sequence[Filed]) -> Verdicts:
    """Everybody's objections to each file, by the sample's name and the judge's."""
    names = {str(one.path): one.sample.name for one in filed}
    with (
        ProcessPoolExecutor(max_workers=2) as pool,
        ThreadPoolExecutor(max_workers=1) as java_pool,
    ):
        by_python = pool.map(judges.judge, filed)  # begun before there are threads to fork
        by_java = java_pool.submit(lambda: java.judge(filed) | mustang.judge(filed))
        verdicts = {one.sample.name: said for one, said in zip(filed, by_python, strict=True)}
        for (judge, path), objections in by_java.result().items():
            verdicts[names[path]][judge] = objections
    return verdicts


def _show_whole(whole: Sequence[Sample], verdicts: Verdicts) -> int:
    print(_row("", COLUMNS))
    failures = 0
    for sample in whole:
        opinions = verdicts[sample.name]
        print(_row(sample.name, [_word(sample, name, opinions) for name in COLUMNS]))
        failures += any(opinions.values())
        for judge, objections in opinions.items():
            for objection in objections:
                print(f"    {judge}: {objection}")
    return failures


def _show_log() -> int:
    """What a second implementation says of a public log of ours."""
    said = foreign_log.objections()
    print("the public log: " + ("NO" if any(said) else "yes, says aics-tlog"))
    for objection in filter(None, said):
        print(f"    aics-tlog: {objection}")
    return int(any(said))


def _word(sample: Sample, judge: str, opinions: dict[str, list[str]]) -> str:
    """What the table says; a judge who was asked for nothing says nothing."""
    asked = sample.profiles if judge in {"verapdf", "mustang"} else sample.signatures
    is_mute = not (asked or judge == "qpdf")
    if judge not in opinions or (is_mute and not opinions[judge]):
        return "·"
    return "NO" if opinions[judge] else "yes"


def _show_spoilt(spoilt: Sequence[Control], verdicts: Verdicts) -> int:
    """A control fails when somebody who must refuse it does not."""
    failures = 0
    for control in spoilt:
        opinions = verdicts[control.sample.name]
        words = ["refuses" if opinions.get(name) else "·" for name in COLUMNS]
        print(_row(control.sample.name, words))
        if fooled := sorted(name for name in control.refused_by if not opinions.get(name)):
            failures += 1
            print(f"    accepted by {', '.join(fooled)}")
    return failures


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:44}" + "".join(f"{cell:10}" for cell in cells).rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
