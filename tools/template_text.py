"""What a reader would see of a template's own words, with Django's syntax taken out."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

SILENT_BLOCKS = {
    "blocktranslate": "endblocktranslate",
    "blocktrans": "endblocktrans",
    "comment": "endcomment",
    "verbatim": "endverbatim",
}
UNREAD_ELEMENTS = {"script", "style", "code", "kbd", "samp", "pre"}
READ_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
SHOWN_ATTRIBUTES = {"text", "hint", "heading", "help", "empty", "description"}


@dataclass(frozen=True)
class Words:
    """Words that stand in a template as they are, and the line they stand on."""

    line: int
    text: str


@dataclass(frozen=True)
class Element:
    """One opening tag: its name, its attributes, its line."""

    line: int
    name: str
    attributes: dict[str, str]


def without_syntax(source: str) -> str:
    """Return the template with tags, variables and translated blocks left out.

    Line breaks stay where they were, so that line numbers still mean something.
    """
    kept, waiting_for = [], ""
    for token in Lexer(source).tokenize():
        word = _first_word(token)
        if token.token_type == TokenType.TEXT and not waiting_for:
            kept.append(token.contents)
        else:
            kept.append("\n" * token.contents.count("\n"))
        if waiting_for:
            waiting_for = "" if word == waiting_for else waiting_for
        else:
            waiting_for = SILENT_BLOCKS.get(word, "")
    return "".join(kept)


def _first_word(token: Token) -> str:
    words = token.contents.split(maxsplit=1)
    return words[0] if token.token_type == TokenType.BLOCK and words else ""


LITERAL_ARGUMENT = re.compile(
    r"""\b(?:label|title|text|hint|heading|placeholder)=(["'])(?P<words>[^"']+)\1"""
    r"""|\|(?:default|default_if_none|yesno):(["'])(?P<default>[^"']+)\3"""
)


def literal_arguments(source: str) -> list[Words]:
    """Return words handed to a tag or a filter without being translated."""
    found = []
    for token in Lexer(source).tokenize():
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            for match in LITERAL_ARGUMENT.finditer(token.contents):
                found.append(Words(token.lineno or 1, match["words"] or match["default"]))
    return found


class Page(HTMLParser):
    """The elements and the readable words of a page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.words: list[Words] = []
        self._unread: list[str] = []
        self.feed(without_syntax(source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(self.getpos()[0], tag, attributes))
        if tag in UNREAD_ELEMENTS or attributes.get("translate") == "no":
            self._unread.append(tag)
        read = READ_ATTRIBUTES | SHOWN_ATTRIBUTES if tag.startswith("c-") else READ_ATTRIBUTES
        self._read_attributes(attributes, read=read)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        depth = len(self._unread)
        self.handle_starttag(tag, attrs)
        del self._unread[depth:]

    def handle_endtag(self, tag: str) -> None:
        if self._unread and self._unread[-1] == tag:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._note(data)

    def _read_attributes(self, attributes: dict[str, str], *, read: set[str]) -> None:
        for name in read & attributes.keys():
            self._note(attributes[name])

    def _note(self, text: str) -> None:
        blank = text[: len(text) - len(text.lstrip())]
        line = self.getpos()[0] + blank.count("\n")
        if text.strip():
            self.words.append(Words(line, " ".join(text.split())))
