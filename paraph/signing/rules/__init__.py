"""What may happen when, decided from rows handed in: who is next, what stands in the way."""

from .acting import (
    REASON_LENGTH,
    has_changed,
    obstacles_to_acting,
    obstacles_to_declining,
    obstacles_to_ending,
    obstacles_to_signing,
)
from .entry import is_code_alive, is_link_alive, is_link_locked, is_session_alive, tries_left
from .sending import Dispatch, obstacles_to_sending
from .stacking import obstacles_to_stacking
from .turns import is_everyone_done, next_in_line
from .values import (
    PICTURES,
    TEXT_LENGTH,
    WORDLESS,
    WRITTEN,
    is_filled,
    mark_of,
    missing_fields,
    obstacle_to_value,
    obstacles_to_placing,
    tidied,
)

__all__ = [
    "PICTURES",
    "REASON_LENGTH",
    "TEXT_LENGTH",
    "WORDLESS",
    "WRITTEN",
    "Dispatch",
    "has_changed",
    "is_code_alive",
    "is_everyone_done",
    "is_filled",
    "is_link_alive",
    "is_link_locked",
    "is_session_alive",
    "mark_of",
    "missing_fields",
    "next_in_line",
    "obstacle_to_value",
    "obstacles_to_acting",
    "obstacles_to_declining",
    "obstacles_to_ending",
    "obstacles_to_placing",
    "obstacles_to_sending",
    "obstacles_to_signing",
    "obstacles_to_stacking",
    "tidied",
    "tries_left",
]
