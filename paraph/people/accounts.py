"""How allauth behaves here: accounts come by invitation, never by self-registration."""

import logging
from collections.abc import Mapping
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from .http import address_of
from .models import Employee

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Closes sign-up, and names this installation as its settings do, not as a visitor does:
    whoever asks for a new password chooses the request's ``Host``, and the mail goes to another.
    """

    # The library's sentences that a person here can meet, in our own voice.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask an administrator to open it."),
        "email_password_mismatch": _("E-mail address and password do not fit together."),
        "enter_current_password": _("Write the password you have now."),
        "incorrect_code": _("This code is not the right one."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Try again in a few minutes."),
        "unknown_email": _("No account has this e-mail address."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Limits count by visitor, not by proxy: else a stranger could lock everybody out."""
        address = address_of(request)
        if address is None:
            raise PermissionDenied
        return address

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        logger.warning("A sign-in from %s is refused", address_of(request))

    def post_login(self, request: HttpRequest, user: Employee, **how: object) -> HttpResponse:
        proofs = [str(record["method"]) for record in get_authentication_records(request, user)]
        logger.info(
            "Employee %s signed in from %s by %s", user.pk, address_of(request), " + ".join(proofs)
        )
        answer: HttpResponse = super().post_login(request, user, **how)
        return answer

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = urlsplit(str(super().get_reset_password_from_key_url(key))).path
        return f"{settings.PARAPH_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, object]) -> None:
        here = SimpleNamespace(name="Paraph", domain=urlsplit(settings.PARAPH_URL).netloc)
        person = context.get("user")
        language = person.language if isinstance(person, Employee) else None
        with override(language or get_language()):
            super().send_mail(template_prefix, email, {**context, "current_site": here})
