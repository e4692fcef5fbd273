"""Refuse what has grown too large to read: functions, modules, tests, templates, islands."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.source import ROOT, Violation, files, tell

FUNCTION_LINES, TEST_LINES, BRANCHES, ARGUMENTS = 50, 40, 8, 6
FILE_LINES = {".py": 500, ".html": 150, ".txt": 150, ".ts": 200}
BRANCHING = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
Function = ast.FunctionDef | ast.AsyncFunctionDef
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def violations(root: Path) -> Iterator[Violation]:
    """Yield everything below a folder that is too large."""
    for path in _measured(root):
        text = path.read_text(encoding="utf-8")
        yield from _in_file(path, text)
        if path.suffix == ".py":
            yield from _in_functions(path, ast.parse(text))


def _measured(root: Path) -> Iterator[Path]:
    for folder in ("paraph", "tests", "tools", "bench", "conformance"):
        yield from files(root / folder, "*.py")
    for path in files(root / "paraph", "*.html", "*.txt"):
        if "templates" in path.parts:
            yield path
    yield from files(root / "frontend", "*.ts")


def _in_file(path: Path, text: str) -> Iterator[Violation]:
    lines, most = len(text.splitlines()), FILE_LINES[path.suffix]
    if lines > most:
        yield Violation(path, 1, f"is {lines} lines long; {most} is the most.")


def _in_functions(path: Path, tree: ast.AST) -> Iterator[Violation]:
    for node in ast.walk(tree):
        if isinstance(node, Function):
            for sentence in _objections(node, is_test="tests" in path.parts):
                yield Violation(path, node.lineno, f"{node.name} {sentence}")


def _objections(function: Function, *, is_test: bool) -> Iterator[str]:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    most = TEST_LINES if is_test else FUNCTION_LINES
    if lines > most:
        yield f"is {lines} lines long; {most} is the most."
    if (branches := _branches(function)) > BRANCHES:
        yield f"has {branches} branches; {BRANCHES} is the most."
    if (arguments := _arguments(function)) > ARGUMENTS and not is_test:
        yield f"takes {arguments} arguments; {ARGUMENTS} is the most."


def _branches(function: Function) -> int:
    return sum(isinstance(node, BRANCHING) for node in _own_nodes(function))


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what belongs to a function itself; a function inside it is measured alone."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, DEFINITIONS):
            yield child
            yield from _own_nodes(child)


def _arguments(function: Function) -> int:
    named = function.args
    names = [each.arg for each in (*named.posonlyargs, *named.args, *named.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


if __name__ == "__main__":
    sys.exit(tell(violations(ROOT), checked="sizes"))
