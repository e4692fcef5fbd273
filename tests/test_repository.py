"""What must be true of the repository as a whole."""

import re
from pathlib import Path

from tools import check_locks
from tools.source import ROOT, files

READ = re.compile(
    r"\benv\.(?:text|flag|number|words|folder|language|one_of)\(\s*[\"']([A-Z_]+)[\"']"
)


def read_variables() -> set[str]:
    """Return the environment variables that the settings read."""
    modules = files(ROOT / "paraph", "*.py")
    return {name for module in modules for name in READ.findall(module.read_text("utf-8"))}


def documented_variables() -> set[str]:
    """Return those that have a line in the reference."""
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    return set(re.findall(r"^\| `([A-Z_]+)`", page, flags=re.MULTILINE))


def test_every_setting_has_its_line_in_the_reference_and_no_line_is_left_over() -> None:
    assert read_variables() == documented_variables()


def test_lock_files_name_no_address() -> None:
    assert [str(violation) for violation in check_locks.violations(ROOT)] == []


def test_every_link_between_the_documents_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *files(ROOT / "docs", "*.md")]

    assert [broken for page in pages for broken in broken_links(page)] == []


def broken_links(page: Path) -> list[str]:
    """Return the relative links of a page that point at nothing."""
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    return [f"{page.name}: {to}" for to in targets if not (page.parent / to).exists()]
