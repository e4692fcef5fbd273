"""``python -m paraph.kit.child VERB FOLDER LIMITS…``: confine, then do one verb.

A verb is ``look-around``, or one of our functions as ``module:name``; modules are imported only
when their verb is asked for, so that a start costs what it needs.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from paraph.kit.child.confine import leave_the_network, look_around, set_limits
from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal


def main(verb: str, folder: str, limits: str, leaves_network: str) -> int:
    """Do the verb; a refusal is an answer, anything else is for the parent to judge."""
    memory_mib, cpu_seconds, file_mib = (int(limit) for limit in limits.split(","))
    set_limits(memory_mib=memory_mib, cpu_seconds=cpu_seconds, file_mib=file_mib)
    if leaves_network == "yes":
        leave_the_network()
    job = Job.in_folder(Path(folder))
    try:
        answer = _do(verb, job)
    except Refusal as refusal:
        answer = {"refused": refusal.code, "facts": refusal.facts}
    except MemoryError:
        answer = {"refused": "too-complex", "facts": {}}
    job.answer(answer)
    return 0


def _do(verb: str, job: Job) -> dict[str, object]:
    if verb == "look-around":
        return look_around(str(job.options["secret"]))
    module, _colon, name = verb.partition(":")
    run: Callable[[Job], dict[str, object]] = getattr(import_module(module), name)
    return run(job)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
