"""Whether the operating system says that its clock is synchronised (adjtimex)."""

from __future__ import annotations

import ctypes

TIME_ERROR = 5
ROOM = 256  # more than struct timex takes anywhere


def is_synchronised() -> bool:
    """Ask the kernel; where it cannot be asked, the answer is no."""
    try:
        answer: int = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(ROOM))
    except (OSError, AttributeError):
        return False
    return answer not in {TIME_ERROR, -1}
