"""V6: a thousand signed documents with their evidence in one archive, over HTTP: the memory of the
web process at its highest, and the archive unpacked."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import httpx

SIZE = int(os.environ.get("BENCH_FILES", "1000"))
MEGABYTE, KIBIBYTE = 1_000_000, 1024
MOST_MEGABYTES = 150
PARAPH = (sys.executable, "-m", "paraph.config.cli")
SHELF = (sys.executable, "-m", "bench.shelf", "files")


def measure() -> list[dict[str, object]]:
    """The peak of the process that serves it, what that is more than before, and the time.

    ``PARAPH_BENCH_SHELF`` names a data folder that ``bench.shelf`` has filled already.
    """
    with tempfile.TemporaryDirectory(prefix="paraph-v6-") as folder:
        ready = os.environ.get("PARAPH_BENCH_SHELF")
        return _measured(Path(ready or folder), is_full=bool(ready))


def _measured(folder: Path, *, is_full: bool) -> list[dict[str, object]]:
    port = _free_port()
    environment = {
        **os.environ,
        "PARAPH_DATA": str(folder),
        "PARAPH_KEY_FILE": str(folder / "master.key"),
        "DATABASE_URL": "",
        "PORT": str(port),
        "PARAPH_URL": f"http://localhost:{port}",
        "PARAPH_WEB_PROCESSES": "1",
    }
    if not is_full:
        (folder / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
        for command in ([*PARAPH, "migrate", "-v0"], [*SHELF, str(SIZE)]):
            subprocess.run(command, env=environment, check=True, capture_output=True)
    session = (folder / "session").read_text(encoding="ascii")
    with (folder / "log").open("wb") as log:
        serve = subprocess.Popen(
            [*PARAPH, "serve"], env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            return _taken(folder, f"http://localhost:{port}", session, serve.pid)
        finally:
            serve.terminate()
            serve.wait(timeout=60)


def _taken(folder: Path, url: str, session: str, serve: int) -> list[dict[str, object]]:
    """Take the archive, and unpack it."""
    own = {f"session-{url.rpartition(':')[2]}": session}
    client = httpx.Client(base_url=url, cookies=own, timeout=120)
    _wait_for(client)
    for _time in range(3):
        client.get("/vault/").raise_for_status()
    before = _peak(serve)
    begun, target = time.perf_counter(), folder / "archive.zip"
    with (
        client.stream("GET", "/vault/archive/take/?everything=1") as answer,
        target.open("wb") as it,
    ):
        answer.raise_for_status()
        for piece in answer.iter_bytes(1 << 16):
            it.write(piece)
    seconds, after = time.perf_counter() - begun, _peak(serve)
    with zipfile.ZipFile(target) as archived:
        names, broken = archived.namelist(), archived.testzip()
    if broken or len(names) != 2 * SIZE + 1:
        raise RuntimeError(f"{broken}: {len(names)} entries of {2 * SIZE + 1}")
    what = f"archive of {SIZE:,} documents, {target.stat().st_size / 1e6:.0f} MB"
    rows: list[dict[str, object]] = [
        {"what": f"{what}: peak of the web process", "value": after, "unit": "MB"},
        {"what": f"{what}: of which before it", "value": before, "unit": "MB"},
        {"what": f"{what}: time", "value": seconds, "unit": "s"},
    ]
    usual = {"id": "V6", "target": "none of its own", "holds": True}
    held = {"target": f"< {MOST_MEGABYTES}", "holds": after < MOST_MEGABYTES}
    return [usual | rows[0] | held, usual | rows[1], usual | rows[2]]


def _peak(pid: int) -> float:
    """Return the highest memory of the largest web process under this one, in MB."""
    highest = max(_status(each)["VmHWM"] for each in _web_processes(pid))
    return round(highest * KIBIBYTE / MEGABYTE, 1)


def _web_processes(pid: int) -> list[int]:
    """Return those under the process that serve pages."""
    folders = [it for it in Path("/proc").iterdir() if it.name.isdecimal()]
    parents = {int(it.name): _status(int(it.name)).get("PPid", 0) for it in folders}
    found = [pid]
    for parent in found:
        found += [child for child, above in parents.items() if above == parent]
    return [it for it in found if b"granian" in _words(it)]


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _status(pid: int) -> Mapping[str, int]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {"VmHWM": 0}
    parts = (line.replace(":", "").split()[:2] for line in lines)
    return {"VmHWM": 0} | {it[0]: int(it[1]) for it in parts if len(it) == 2 and it[1].isdecimal()}


def _wait_for(client: httpx.Client) -> None:
    for _time in range(600):
        try:
            if client.get("/vault/").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError("It does not answer, or not to this session.")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    for row in measure():
        print(row)
