"""What the frame and the components ask of Python: theme, remembered blocks, form controls."""

from zlib import crc32

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> str:
    """Return the theme this browser chose: ``auto``, ``light`` or ``dark``."""
    request = context.get("request")
    theme = request.COOKIES.get(THEME_COOKIE) if request else None
    return theme if theme in THEMES else "auto"


class RememberNode(Node):
    """Renders its content once and keeps it under a name, so a block can be shown twice."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        words = self.nodelist.render(context).strip()
        context[self.name] = mark_safe(words)  # noqa: S308  # rendered by Django, escaped already
        return mark_safe("")


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """``{% remember name %}…{% endremember %}``: keep what is inside as ``{{ name }}``."""
    name = token.split_contents()[1]
    nodelist = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(name, nodelist)


@register.filter
def control_kind(field: BoundField) -> str:
    """Say how a field is laid out: ``hidden``, ``check``, ``choices`` or ``line``."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else "line"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Render the field's widget with the class of our style sheet beside its own."""
    own = str(field.field.widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"{_control_class(field)} {own}".strip()})


def _control_class(field: BoundField) -> str:
    match control_kind(field):
        case "check":
            return "form-check-input"
        case "choices" | "hidden":
            return ""
        case _:
            is_list = isinstance(field.field.widget, Select)
            return "form-select" if is_list else "form-control"


@register.filter
def initials(name: str) -> str:
    """Return at most two letters that stand for a person or company."""
    words = [word for word in str(name).replace("-", " ").split() if word[0].isalnum()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper() or "?"


@register.filter
def tint(name: str) -> int:
    """Return one of five tints, always the same for the same name."""
    return crc32(str(name).encode()) % 5


@register.filter
def browser(user_agent: str) -> str:
    """Return browser and system as people call them: ``Firefox · Windows``."""
    names = (_first_known(BROWSERS, user_agent), _first_known(SYSTEMS, user_agent))
    return " · ".join(filter(None, names)) or user_agent[:60]


def _first_known(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
