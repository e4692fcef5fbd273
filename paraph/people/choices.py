"""What lists offer to choose among people."""

from collections.abc import Sequence

from paraph.kit.search import normalise

from .models import Employee


def everybody_here(person: Employee) -> Sequence[tuple[str, str]]:
    """Return everybody who works here, by number and name, oneself first."""
    others = Employee.objects.filter(is_active=True).exclude(pk=person.pk)
    rows = others.values_list("pk", "first_name", "last_name")
    names = [(str(pk), f"{first} {last}".strip()) for pk, first, last in rows]
    return [(str(person.pk), person.name), *names]


def colleagues_named(text: str) -> list[tuple[int, str, str]]:
    """Return the number, name and address of those in whose name the letters occur.

    Names alone are read: a house has a thousand people at most, and accents do not count.
    """
    rows = Employee.objects.filter(is_active=True).order_by("last_name", "first_name")
    named = rows.values_list("pk", "first_name", "last_name", "email")
    found = ((pk, f"{first} {last}".strip(), email) for pk, first, last, email in named)
    return [it for it in found if normalise(text) in normalise(it[1])]
