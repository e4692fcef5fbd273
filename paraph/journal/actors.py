"""Who did something: an employee, a party, a rule somebody wrote, or the installation itself."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["employee", "party", "rule", "system"]


@dataclass(frozen=True)
class Actor:
    """The one who acts, as the journal remembers them."""

    kind: Kind
    id: int | None
    name: str


SYSTEM = Actor("system", None, "Paraph")
