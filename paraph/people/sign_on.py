"""Signing on with the company's own accounts (OpenID Connect): who is let in, and as whom."""

from typing import NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .actions.inviting import join_by_sign_on
from .actions.joining import NewEmployee, add_employee
from .http import Request
from .models import Employee, Role

NAME_LENGTH = 80


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Ties an outside account to an employee by an e-mail address that the provider vouches for.

    An address that is not confirmed there says nothing about who is coming, so it ties nothing.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(
        self, request: HttpRequest, *args: object, **_more: object
    ) -> None:
        _refuse(request, _("Your company’s sign-in did not answer as it should. Try again."))

    def pre_social_login(self, request: Request, sociallogin: SocialLogin) -> None:
        """Find the employee, tie the account to them the first time, or refuse in words."""
        if sociallogin.is_existing:
            person = Employee.objects.get(pk=sociallogin.user.pk)
        else:
            person = self._employee(request, sociallogin)
            sociallogin.connect(request, person)
        if not person.is_active:
            _refuse(request, _("This account is closed. Ask an administrator to open it."))

    def _employee(self, request: Request, sociallogin: SocialLogin) -> Employee:
        email = _confirmed_address(sociallogin)
        if not email:
            _refuse(request, _("Your company’s sign-in has not confirmed your e-mail address."))
        if not _is_ours(email):
            _refuse(request, _("Addresses like %s may not sign on here.") % email)
        known = Employee.objects.filter(email__iexact=email).first()
        if known is None:
            return self._newcomer(request, sociallogin, email)
        if known.left_at is not None:
            _refuse(request, _("This account is closed. Ask an administrator to open it."))
        if not known.is_active:
            join_by_sign_on(known, at=request.received_at)
        return known

    def _newcomer(self, request: Request, sociallogin: SocialLogin, email: str) -> Employee:
        wanted = Q(slug=settings.OIDC_ROLE) | Q(name=settings.OIDC_ROLE)
        role = Role.objects.filter(wanted).first()
        if role is None:
            _refuse(request, _("Nobody has invited %s yet. Ask an administrator.") % email)
        new = NewEmployee(
            email,
            sociallogin.user.first_name[:NAME_LENGTH],
            sociallogin.user.last_name[:NAME_LENGTH],
            language=get_language() or "en",
        )
        return add_employee(new, roles=[role.slug], by=request.actor, at=request.received_at)


def _confirmed_address(sociallogin: SocialLogin) -> str:
    """Return the address that the provider says it has confirmed; a word is not a yes."""
    given = (each.email for each in sociallogin.email_addresses if each.verified is True)
    return next(given, "").strip().lower()


def _is_ours(email: str) -> bool:
    domains = {domain.lower().lstrip("@") for domain in settings.OIDC_DOMAINS}
    return not domains or email.rpartition("@")[2] in domains


def _refuse(request: HttpRequest, sentence: str) -> NoReturn:
    """Lead back to the sign-in, and say there why."""
    messages.error(request, sentence)
    raise ImmediateHttpResponse(redirect("account_login"))
