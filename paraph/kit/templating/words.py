"""``{% translate "…" %}`` that looks its words up once for each language.

Only words that stand in the template itself: they are the same for every reader of a language.
"""

from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, Parser, Token, Variable
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = template.Library()


class Words(TranslateNode):
    """Words of a template in the languages in which somebody has read them."""

    def __init__(self, node: TranslateNode) -> None:
        self.__dict__.update(node.__dict__)
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Return them in the reader's language."""
        language = get_language()
        if (known := self.known.get(language)) is None:
            known = self.known[language] = super().render(context)
        return known


def translate(parser: Parser, token: Token) -> TranslateNode:
    """Read the tag as Django does; what asks for anything but words stays Django's."""
    node = do_translate(parser, token)
    parts = (node.filter_expression, node.message_context)
    is_plain = all(part is None or _is_literal(part) for part in parts)
    return Words(node) if is_plain and not node.asvar else node


def _is_literal(part: Any) -> bool:  # Any: what stands after "context" is of several kinds
    if isinstance(part, FilterExpression):
        return not part.filters and _is_literal(part.var)
    return isinstance(part, str) or (isinstance(part, Variable) and part.lookups is None)


register.tag("translate", translate)
register.tag("trans", translate)
