"""Run the measurements, show each beside its target, and write bench/latest.json."""

import argparse
import importlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LATEST = FOLDER / "latest.json"
LAPTOP = ("V1", "V2", "V3", "V4", "V8", "V9", "V10", "V11", "V13")
LARGE = ("V5", "V6", "V7", "V9", "V10", "V11", "V12")
KEYS = ("id", "what", "value", "unit", "target", "holds")
Figure = Mapping[str, object]


def main(arguments: list[str]) -> int:
    """Measure what was asked for; the exit status tells whether every measurement ran."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="the sizes that need patience")
    is_large = parser.parse_args(arguments).large
    chosen = os.environ.get("ONLY", "").upper().split() or (LARGE if is_large else LAPTOP)
    os.environ["BENCH_LARGE"] = "1" if is_large else "0"

    figures: list[Figure] = []
    failed = [name for name in _existing(chosen) if not _measure(name, figures)]
    _show(figures)
    if failed:
        print(f"Could not be measured: {', '.join(failed)}.")
    return 1 if failed else 0


def _existing(chosen: tuple[str, ...] | list[str]) -> Iterator[str]:
    """Yield the modules of the chosen targets, and say which have none yet."""
    for target in chosen:
        modules = sorted(FOLDER.glob(f"{target.lower()}_*.py")) or [
            path for path in [FOLDER / f"{target.lower()}.py"] if path.exists()
        ]
        if not modules:
            print(f"{target}: there is no benchmark for it yet.")
        yield from (path.stem for path in modules)


def _measure(name: str, figures: list[Figure]) -> bool:
    print(f"{name} …", end=" ", flush=True)
    begun = time.monotonic()
    try:
        for figure in importlib.import_module(f"bench.{name}").measure():
            figures.append({key: figure[key] for key in KEYS})
            LATEST.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    except Exception as failure:  # one failing measurement must not hide the others
        print(f"failed: {type(failure).__name__}: {failure}")
        return False
    print(f"{time.monotonic() - begun:.0f} s")
    return True


def _show(figures: list[Figure]) -> None:
    rows = [("", "what", "measured", "target", "")]
    for figure in figures:
        measured = f"{_rounded(figure['value'])} {figure['unit']}"
        verdict = "holds" if figure["holds"] else "MISSED"
        rows.append(
            (str(figure["id"]), str(figure["what"]), measured, str(figure["target"]), verdict)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    print()
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _rounded(value: object) -> str:
    if not isinstance(value, int | float):
        return str(value)
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
