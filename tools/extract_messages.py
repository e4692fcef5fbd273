"""Collect every text to translate, from Python and from templates, into the catalogues.

``--check`` writes nothing and tells which texts a language lacks.

Does with Babel what Django's makemessages does with GNU gettext, so that nobody needs it.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.check_templates import templates
from tools.source import ROOT, files

LANGUAGES = ("fr", "pl")
LOCALES = ROOT / "paraph" / "locale"
# How many leading arguments each function translates; the first may be a context.
FUNCTIONS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"(?<![\w.])(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")


@dataclass(frozen=True)
class Found:
    """A text to translate: its singular, its plural or nothing, its context or nothing."""

    singular: str
    plural: str | None
    context: str | None

    @classmethod
    def of(cls, function: str, texts: list[str]) -> "Found":
        """Read the arguments of one of the translating functions."""
        context = texts.pop(0) if "pgettext" in function else None
        return cls(texts[0], texts[1] if len(texts) > 1 else None, context)


def collect(root: Path) -> Catalog:
    """Return a catalogue of everything below ``paraph`` that is to be translated."""
    catalogue = Catalog(project="Paraph", charset="utf-8", fuzzy=False)
    for path, found in _everything(root):
        identity = (found.singular, found.plural) if found.plural else found.singular
        place = (str(path.relative_to(root)), 1)
        catalogue.add(identity, None, [place], context=found.context)
    return catalogue


def in_python(source: str) -> Iterator[Found]:
    """Yield the texts that a module marks for translation."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            function = _name(node.func).removesuffix("_lazy").removesuffix("_noop")
            texts = [_literal(each) for each in node.args[: FUNCTIONS.get(function, 0)]]
            known = [text for text in texts if text is not None]
            if known and len(known) == FUNCTIONS[function]:
                yield Found.of(function, known)


def in_template(source: str) -> Iterator[Found]:
    """Yield the texts that a template marks for translation."""
    for function, arguments in CALL.findall(templatize(source)):
        yield Found.of(function, list(ast.literal_eval(f"({arguments},)")))


def merge(fresh: Catalog, *, language: str, folder: Path) -> int:
    """Bring a language's catalogue up to date; return how many texts await a translator."""
    path = folder / language / "LC_MESSAGES" / "django.po"
    catalogue = Catalog(locale=language, project="Paraph", charset="utf-8", fuzzy=False)
    if path.exists():
        with path.open("rb") as source:
            catalogue = read_po(source, locale=language)
    catalogue.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, catalogue, width=96, include_lineno=False, ignore_obsolete=True)
    return len([message for message in catalogue if message.id and not _is_translated(message)])


def lacking(fresh: Catalog, *, language: str, folder: Path) -> list[str]:
    """Return what a language cannot say yet."""
    with (folder / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        known = read_po(source, locale=language)
    asked = ((message, known.get(message.id, message.context)) for message in fresh if message.id)
    return [str(it.id) for it, said in asked if said is None or not _is_translated(said)]


def _everything(root: Path) -> Iterator[tuple[Path, Found]]:
    for path in files(root / "paraph", "*.py"):
        yield from ((path, found) for found in in_python(path.read_text(encoding="utf-8")))
    for path in templates(root):
        yield from ((path, found) for found in in_template(path.read_text(encoding="utf-8")))


def _is_translated(message: Message) -> bool:
    texts = [message.string] if isinstance(message.string, str) else message.string
    return bool(texts) and all(texts or ())


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def main() -> int:
    """Update the catalogues of all languages, or look whether they are whole."""
    fresh = collect(ROOT)
    if "--check" in sys.argv:
        lacks = [
            (it, text) for it in LANGUAGES for text in lacking(fresh, language=it, folder=LOCALES)
        ]
        for language, text in lacks:
            print(f"{language}: {text!r} is not translated")
        return int(bool(lacks))
    for language in LANGUAGES:
        waiting = merge(fresh, language=language, folder=LOCALES)
        print(f"{language}: {len(fresh)} texts, {waiting} to translate", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
