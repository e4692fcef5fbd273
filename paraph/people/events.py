"""What happens to people and to the installation."""

from dataclasses import dataclass

from paraph.journal import Event


@dataclass(frozen=True)
class InstallationSetUp(Event):
    """The first administrator and the first company are there."""

    name = "installation.set-up"
    employee_id: int
    is_trial: bool


@dataclass(frozen=True)
class EmployeeJoined(Event):
    """Somebody can sign in."""

    name = "employee.joined"
    employee_id: int
    email: str
    roles: list[str]


@dataclass(frozen=True)
class EmployeeEdited(Event):
    """Somebody's own settings changed."""

    name = "employee.edited"
    employee_id: int
    changed: list[str]
