"""Named places at which a test lets this process die, fail or hang. Elsewhere they do nothing.

``PARAPH_FAULT=after-signature`` kills the process there, ``…:raise`` fails, ``…:hang`` waits.
"""

import os
import signal
import time

HANG_SECONDS = 3600


class FaultInjected(RuntimeError):
    """The failure that a test asked for."""


def fault_point(name: str) -> None:
    """Do what PARAPH_FAULT asks for at this place."""
    wanted = os.environ.get("PARAPH_FAULT")
    if not wanted or wanted.split(":")[0] != name:
        return
    if wanted.endswith(":raise"):
        raise FaultInjected(name)
    if wanted.endswith(":hang"):
        time.sleep(HANG_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
