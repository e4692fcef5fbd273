"""``python -m paraph.kit.child VERB FOLDER LIMITS…``: confine, then do one verb.

A child that ``waits`` starts what its verb needs (``warm_up`` beside it), and begins when told.

A verb is ``look-around``, or one of our functions as ``module:name``; modules are imported only
when their verb is asked for, so that a start costs what it needs.
"""

import contextlib
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from paraph.kit.child.confine import leave_the_network, look_around, set_limits
from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal


def main(verb: str, folder: str, limits: str, leaves_network: str, waits: str) -> int:
    """Do the verb; a refusal is an answer, anything else is for the parent to judge."""
    memory_mib, cpu_seconds, file_mib = (int(limit) for limit in limits.split(","))
    set_limits(memory_mib=memory_mib, cpu_seconds=cpu_seconds, file_mib=file_mib)
    if leaves_network == "yes":
        leave_the_network()
    if waits == "waits" and not _told_to_begin(verb, Job.in_folder(Path(folder))):
        return 0
    job = Job.in_folder(Path(folder))
    try:
        answer = _do(verb, job)
    except Refusal as refusal:
        answer = {"refused": refusal.code, "facts": refusal.facts}
    except MemoryError:
        answer = {"refused": "too-complex", "facts": {}}
    job.answer(answer)
    return 0


def _told_to_begin(verb: str, job: Job) -> bool:
    """Make ready, and wait; nobody is left to wait for when the other end is closed."""
    with contextlib.suppress(Refusal, MemoryError):  # the job itself will say it
        import_module(verb.partition(":")[0]).warm_up(job)
    return sys.stdin.readline() != ""


def _do(verb: str, job: Job) -> dict[str, object]:
    if verb == "look-around":
        return look_around(str(job.options["secret"]))
    module, _colon, name = verb.partition(":")
    run: Callable[[Job], dict[str, object]] = getattr(import_module(module), name)
    return run(job)


if __name__ == "__main__":
    # Libraries written in C may fail while they are taken down, when all is said.
    os._exit(main(*sys.argv[1:6]))
