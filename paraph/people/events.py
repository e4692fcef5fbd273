"""What happens to people, to their departments and groups, and to what they may do."""

from dataclasses import dataclass, field

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
class EmployeeInvited(Event):
    """Somebody got a letter with a link to join, for the first time or again."""

    name = "employee.invited"
    employee_id: int
    email: str
    roles: list[str]


@dataclass(frozen=True)
class InvitationWithdrawn(Event):
    """An invitation that nobody had accepted opens nothing any more."""

    name = "invitation.withdrawn"
    employee_id: int
    email: str


@dataclass(frozen=True)
class EmployeeEdited(Event):
    """What is written about somebody changed; each field with its value before and after."""

    name = "employee.edited"
    employee_id: int
    changed: list[str]
    changes: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class EmployeeLeft(Event):
    """Somebody's account was closed; whoever inherits gets what they were responsible for."""

    name = "employee.left"
    employee_id: int
    heir_id: int | None
    employee_name: str = ""
    heir_name: str = ""


@dataclass(frozen=True)
class DepartmentCreated(Event):
    """The tree has a new branch."""

    name = "department.created"
    department_id: int
    department_name: str
    parent_name: str


@dataclass(frozen=True)
class DepartmentEdited(Event):
    """A department was renamed, moved, or got another head; values before and after."""

    name = "department.edited"
    department_id: int
    department_name: str
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class DepartmentDeleted(Event):
    """An empty department is gone."""

    name = "department.deleted"
    department_id: int
    department_name: str


@dataclass(frozen=True)
class GroupCreated(Event):
    """There is a new circle of people."""

    name = "group.created"
    group_id: int
    group_name: str
    members: list[str]


@dataclass(frozen=True)
class GroupEdited(Event):
    """A group was renamed, or has other members; values before and after."""

    name = "group.edited"
    group_id: int
    group_name: str
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class GroupDeleted(Event):
    """A group is gone, and what its members had through it."""

    name = "group.deleted"
    group_id: int
    group_name: str


@dataclass(frozen=True)
class RoleCreated(Event):
    """The matrix has a new column."""

    name = "role.created"
    role_id: int
    role_name: str
    copy_of: str


@dataclass(frozen=True)
class RoleRenamed(Event):
    """A role has another name."""

    name = "role.renamed"
    role_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class RoleChanged(Event):
    """Cells of a role changed: ``"contacts.edit": [1, 5]``, the levels before and after."""

    name = "role.changed"
    role_id: int
    role_name: str
    changes: dict[str, list[int]]


@dataclass(frozen=True)
class RoleDeleted(Event):
    """A role is gone; whoever had it is named."""

    name = "role.deleted"
    role_id: int
    role_name: str
    taken_from: list[str]


@dataclass(frozen=True)
class RoleGranted(Event):
    """A role was given to an employee, a department or a group."""

    name = "role.granted"
    role_id: int
    role_name: str
    recipient: str
    employee_id: int | None = None
    department_id: int | None = None
    group_id: int | None = None


@dataclass(frozen=True)
class RoleTaken(Event):
    """A role was taken from an employee, a department or a group."""

    name = "role.taken"
    role_id: int
    role_name: str
    recipient: str
    employee_id: int | None = None
    department_id: int | None = None
    group_id: int | None = None
