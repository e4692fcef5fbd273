"""What may happen when, decided from rows handed in: who is next, what stands in the way."""

from .acting import (
    REASON_LENGTH,
    has_changed,
    obstacles_to_acting,
    obstacles_to_declining,
    obstacles_to_ending,
    obstacles_to_signing,
)
from .changing import (
    as_reached,
    obstacles_to_changing,
    obstacles_to_correcting,
    obstacles_to_handing_over,
    obstacles_to_reaching,
    obstacles_to_succeeding,
)
from .entry import (
    is_code_alive,
    is_link_alive,
    is_link_locked,
    is_session_alive,
    tries_left,
    why_closed,
)
from .reminding import Policy, is_reminder_due, is_working_hour
from .sending import Dispatch, obstacles_to_sending
from .stacking import obstacles_to_stacking
from .turns import (
    is_everyone_done,
    is_named_later,
    next_in_line,
    not_needed_any_more,
    obstacles_of_line,
    obstacles_to_leaving,
    to_be_named_by,
)
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
    "Policy",
    "as_reached",
    "has_changed",
    "is_code_alive",
    "is_everyone_done",
    "is_filled",
    "is_link_alive",
    "is_link_locked",
    "is_named_later",
    "is_reminder_due",
    "is_session_alive",
    "is_working_hour",
    "mark_of",
    "missing_fields",
    "next_in_line",
    "not_needed_any_more",
    "obstacle_to_value",
    "obstacles_of_line",
    "obstacles_to_acting",
    "obstacles_to_changing",
    "obstacles_to_correcting",
    "obstacles_to_declining",
    "obstacles_to_ending",
    "obstacles_to_handing_over",
    "obstacles_to_leaving",
    "obstacles_to_placing",
    "obstacles_to_reaching",
    "obstacles_to_sending",
    "obstacles_to_signing",
    "obstacles_to_stacking",
    "obstacles_to_succeeding",
    "tidied",
    "to_be_named_by",
    "tries_left",
    "why_closed",
]
