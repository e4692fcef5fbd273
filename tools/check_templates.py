"""Refuse templates that do not compile, break the content policy, or speak only English."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.source import ROOT, Violation, files, tell
from tools.template_text import Element, Page, Words, literal_arguments, without_syntax

LETTERS = re.compile(r"[^\W\d_]{2,}")
NO_WORDS = re.compile(r"/\S*|https?://\S+|\S+@\S+|[a-z]{2}|\w+--\w+|(?=\S*\d)[A-Z0-9-]+")
NAMES = {
    *("Paraph", "PDF", "PAdES", "DOCX", "PNG", "JPEG", "JPG", "CSV", "XLSX", "ZIP", "SVG"),
    *("TRIAL", "SMS", "ID", "QR", "IBAN", "BIC", "TOTP", "SHA", "UTC", "EUR", "PLN", "KB", "MB"),
}
SAFE_SCRIPTS = {"application/json", "application/ld+json"}


def violations(root: Path) -> Iterator[Violation]:
    """Yield what every template below a folder does that it may not."""
    for path in templates(root):
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            yield from _in_page(path, source)
        else:
            yield from _untranslated(path, _lines(source))
        yield from _untranslated(path, literal_arguments(source))


def templates(root: Path) -> list[Path]:
    """Return the templates of Paraph's apps."""
    found = files(root / "paraph", "*.html", "*.txt")
    return [path for path in found if "templates" in path.parts]


def _in_page(path: Path, source: str) -> Iterator[Violation]:
    page = Page(source)
    is_letter = path.name == "body.html"  # mail programs know no other style than an attribute
    for element in page.elements:
        for sentence in _objections(element, is_letter=is_letter):
            yield Violation(path, element.line, sentence)
    yield from _untranslated(path, page.words)


def _objections(element: Element, *, is_letter: bool) -> Iterator[str]:
    name, attributes = element.name, element.attributes
    if not is_letter and (name == "style" or "style" in attributes):
        yield "carries style in the page; the content policy drops it."
    is_data = "src" in attributes or attributes.get("type") in SAFE_SCRIPTS
    if name == "script" and not is_data:
        yield "carries a script in the page; the content policy drops it."
    if any(re.match(r"(on[a-z]|hx-on)", attribute) for attribute in attributes):
        yield "carries an event handler in the page; the content policy drops it."
    if any(value.strip().startswith("javascript:") for value in attributes.values()):
        yield "links to a script; the content policy drops it."


def _lines(source: str) -> list[Words]:
    lines = without_syntax(source).splitlines()
    return [Words(number, line) for number, line in enumerate(lines, start=1)]


def _untranslated(path: Path, found: list[Words]) -> Iterator[Violation]:
    if "styleguide" in path.parts:  # what the gallery shows are made-up names and amounts
        return
    for words in found:
        if NO_WORDS.fullmatch(words.text):
            continue
        if [word for word in LETTERS.findall(words.text) if word not in NAMES]:
            yield Violation(path, words.line, f"“{words.text[:60]}” is not translated.")


def broken(root: Path) -> Iterator[Violation]:
    """Yield the templates that Django cannot compile."""
    from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines

    for path in templates(root):
        parts = path.parts[path.parts.index("templates") + 1 :]
        try:
            engines["django"].get_template("/".join(parts))
        except (TemplateSyntaxError, TemplateDoesNotExist) as refusal:
            yield Violation(path, 1, f"does not compile: {refusal}")


def main() -> int:
    """Check every template of the repository."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
    django.setup()
    return tell([*broken(ROOT), *violations(ROOT)], checked="templates")


if __name__ == "__main__":
    sys.exit(main())
