"""Passwords that anybody would try first here: words of this place, and little else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Installation

OWN = ("paraph", "password", "signature", "contract")
SHORTEST_WORD, SHORTEST_REST = 4, 6


class NotOfThisPlace:
    """Refuses a password that is hardly more than our name, the company's, or the address's."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        rest = password.lower()
        for word in _words():
            rest = rest.replace(word, "")
        if rest != password.lower() and len(set(rest)) < SHORTEST_REST:
            raise ValidationError(
                _("Everybody here would guess this: take other words."), code="of_this_place"
            )

    def get_help_text(self) -> str:
        return _("It may not be hardly more than the name of your company or of Paraph.")


def _words() -> list[str]:
    host = urlsplit(settings.PARAPH_URL).hostname or ""
    named = re.findall(r"\w+", f"{host} {Installation.here().name}".lower())
    return sorted({*OWN, *(it for it in named if len(it) >= SHORTEST_WORD)}, key=len, reverse=True)
