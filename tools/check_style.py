"""Refuse what the style forbids and no other checker sees: hidden clocks, hooks and mocks."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.source import ROOT, Violation, files, tell

TIMELESS = {"actions", "events", "lifecycle", "messages", "models", "queries", "rules"}
DOMAIN = {"journal", "messaging", "contacts", "documents", "signing", "board"}
CLOCKS = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today", "time.time"}
PAGES = ("django.http", "django.views", "django.shortcuts")
MOCKS = ("unittest.mock", "mock", "pytest_mock")
HOOKS = ("django.db.models.signals", "django.dispatch")


def violations(root: Path) -> Iterator[Violation]:
    """Yield every breach below a folder."""
    for folder in ("paraph", "tests", "tools", "bench", "conformance"):
        for path in files(root / folder, "*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            parts = path.relative_to(root).with_suffix("").parts
            for line, sentence in _breaches(tree, parts):
                yield Violation(path, line, sentence)


def _breaches(tree: ast.Module, parts: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    if tree.body and not ast.get_docstring(tree):
        yield 1, "does not say what lives here."
    for node in ast.walk(tree):
        yield from _imports(node, parts)
        yield from _calls(node, parts)


def _imports(node: ast.AST, parts: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for name in _imported(node):
        line = getattr(node, "lineno", 1)
        if name.startswith(HOOKS):
            yield line, f"imports {name}; nothing happens behind the reader's back."
        if parts[0] == "tests" and _is_one_of(name, MOCKS):
            yield line, f"imports {name}; the tests use the real thing."
        if _is_domain(parts) and _is_one_of(name, PAGES):
            yield line, f"imports {name}; below the pages nobody knows a request."
    yield from _renamed(node)


def _renamed(node: ast.AST) -> Iterator[tuple[int, str]]:
    """What collects the texts to translate knows these functions by their names."""
    if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
        for each in node.names:
            if each.asname not in {None, "_"}:
                yield node.lineno, f"renames {each.name}; what it says would not be translated."


def _calls(node: ast.AST, parts: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Attribute):
        name = ast.unparse(node)
        if _is_timeless(parts) and any(name.endswith(clock) for clock in CLOCKS):
            yield node.lineno, f"reads the clock ({name}); the time comes in as an argument."
        if parts[0] == "tests" and name == "monkeypatch.setattr":
            yield node.lineno, "patches our code; the tests use the real thing."
    if isinstance(node, ast.FunctionDef) and parts[-1] == "models" and node.name == "save":
        yield node.lineno, "overrides save(); an action is the place for it."


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names if node.module]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def _is_one_of(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _is_domain(parts: tuple[str, ...]) -> bool:
    return parts[0] == "paraph" and len(parts) > 2 and parts[1] in DOMAIN


def _is_timeless(parts: tuple[str, ...]) -> bool:
    return _is_domain(parts) and not TIMELESS.isdisjoint(parts[2:])


if __name__ == "__main__":
    sys.exit(tell(violations(ROOT), checked="style of our own"))
