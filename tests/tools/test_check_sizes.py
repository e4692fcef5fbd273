"""Sizes: what is too large is refused, what is as large as allowed is not."""

from pathlib import Path

import pytest

from tests.tools.place import put, sentences
from tools import check_sizes


def function(name: str, *, lines: int, arguments: str = "") -> str:
    """Return the source of a function of so many lines."""
    return f"def {name}({arguments}):\n" + "    pass\n" * (lines - 1)


def found(root: Path) -> list[str]:
    return sentences(check_sizes.violations(root))


def test_a_function_of_fifty_lines_passes_and_one_of_fifty_one_does_not(tmp_path: Path) -> None:
    put(tmp_path, "paraph/fine.py", function("fine", lines=50))
    put(tmp_path, "paraph/long.py", function("long", lines=51))

    assert found(tmp_path) == ["long is 51 lines long; 50 is the most."]


def test_a_test_of_forty_one_lines_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "tests/test_it.py", function("test_it", lines=41))

    assert found(tmp_path) == ["test_it is 41 lines long; 40 is the most."]


def test_the_seventh_argument_is_refused_but_self_is_none(tmp_path: Path) -> None:
    put(
        tmp_path,
        "paraph/fine.py",
        function("fine", lines=2, arguments="self, a, b, *, c, d, e, f"),
    )
    put(tmp_path, "paraph/greedy.py", function("greedy", lines=2, arguments="a, b, c, d, e, f, g"))

    assert found(tmp_path) == ["greedy takes 7 arguments; 6 is the most."]


def test_the_ninth_branch_is_refused(tmp_path: Path) -> None:
    branches = "".join(f"    if a == {number}:\n        pass\n" for number in range(9))
    put(tmp_path, "paraph/bush.py", f"def bush(a):\n{branches}")

    assert found(tmp_path) == ["bush has 9 branches; 8 is the most."]


def test_the_branches_of_a_function_inside_are_its_own(tmp_path: Path) -> None:
    branches = "".join(f"        if a == {number}:\n            pass\n" for number in range(5))
    inner = f"    def inner():\n{branches}"
    put(tmp_path, "paraph/nest.py", f"def outer(a):\n{inner}{inner.replace('inner', 'other')}")

    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("paraph/long.py", 500),
        ("paraph/desk/templates/desk/long.html", 150),
        ("frontend/islands/long.ts", 200),
    ],
)
def test_a_file_that_is_one_line_too_long_is_refused(tmp_path: Path, name: str, most: int) -> None:
    put(tmp_path, name, "\n" * (most + 1))

    assert found(tmp_path) == [f"is {most + 1} lines long; {most} is the most."]


def test_migrations_and_what_was_fetched_are_not_measured(tmp_path: Path) -> None:
    put(tmp_path, "paraph/people/migrations/0001_initial.py", "\n" * 900)
    put(tmp_path, "frontend/node_modules/foreign.ts", "\n" * 900)

    assert found(tmp_path) == []
