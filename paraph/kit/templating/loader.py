"""Reads templates as cotton does, and draws once and for all what is the same each time.

A page has dozens of icons, and each is a component: a template of its own with a context of its
own. Addresses of static files are computed again for each of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.template import Context
from django.templatetags.static import static
from django_cotton.cotton_loader import Loader as CottonLoader

from .moulds import Mould

STATIC = re.compile(r"""\{%\s*static\s+(["'])([^"'%]+)\1\s*%\}""")
ICON = re.compile(r"<c-icon\s+([^<>]+?)\s*/>")
ATTRIBUTE = re.compile(r'(\w+)(?:="([^"]*)")?(?:\s+|$)')
SAID = ("{% translate ", "{% blocktranslate ")
"""What begins so is never empty, so it is known beforehand that there is something to say."""


class Loader(CottonLoader):  # type: ignore[misc]  # cotton has no types
    """Cotton's loader, over templates in which icons and addresses of files stand written out."""

    def _get_template_string(self, template_name: str) -> str:
        source: str = super()._get_template_string(template_name)
        source = STATIC.sub(lambda found: static(found[2]), source)
        return ICON.sub(self._icon, source)

    def _icon(self, found: re.Match[str]) -> str:
        """Return the icon as its component draws it; or as it stood, where that may differ."""
        attributes = {it[1]: it[2] for it in ATTRIBUTE.finditer(found[1])}
        asked = {key: value for key, value in attributes.items() if value and "{" in value}
        is_certain = all(it == "name" or asked[it].startswith(SAID) for it in asked)
        if ATTRIBUTE.sub("", found[1]) or not is_certain:
            return found[0]
        fixed = attributes | {key: Mould.gap(key) for key in asked}
        written = (key if value is None else f'{key}="{value}"' for key, value in fixed.items())
        drawn = self._drawn(" ".join(written))
        for key, expression in asked.items():
            drawn = drawn.replace(Mould.gap(key), expression)
        return drawn

    @lru_cache(1_000)  # noqa: B019  a process has one loader for good
    def _drawn(self, attributes: str) -> str:
        component = self.engine.from_string(f"{{% cotton icon {attributes} / %}}")
        return str(component.render(Context())).strip()
