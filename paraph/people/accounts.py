"""How allauth behaves here: accounts come by invitation, never by self-registration."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Closes sign-up; everything else is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
