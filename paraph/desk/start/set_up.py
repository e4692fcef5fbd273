"""Set-up of a real installation, behind the one-time token that ``paraph serve`` printed."""

import hashlib
import hmac

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paraph.contacts.actions.companies import create_company
from paraph.contacts.cards import Requisites
from paraph.contacts.company_listing import country_choices
from paraph.people.access import anyone
from paraph.people.actions.joining import NewEmployee, set_up_installation
from paraph.people.http import Request
from paraph.people.models import Installation


class SetUpForm(forms.Form):
    """The first administrator and the first company."""

    company = forms.CharField(
        label=_("Company name"),
        max_length=200,
        error_messages={"required": _("Write the company's name.")},
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    first_name = forms.CharField(
        label=_("Your first name"),
        max_length=80,
        error_messages={"required": _("Write the first name.")},
    )
    last_name = forms.CharField(
        label=_("Your last name"),
        max_length=80,
        error_messages={"required": _("Write the last name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={
            "required": _("Write your e-mail address: you sign in with it."),
            "invalid": _("Write an e-mail address, like ada@example.org."),
        },
    )
    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        validators=[validate_password],
        help_text=_("At least ten characters, and none of the passwords that everybody guesses."),
        error_messages={"required": _("Choose a password.")},
    )

    def administrator(self) -> NewEmployee:
        """Return the first administrator."""
        names = ("first_name", "last_name", "email", "password", "language")
        return NewEmployee(**{name: self.cleaned_data[name] for name in names})


@anyone
def closed(request: HttpRequest) -> HttpResponse:
    """Say where the way in is printed, and take its token from who came without it."""
    here = Installation.here()
    if here.set_up_at:
        return redirect("start")
    token = request.POST.get("token", "").strip().rstrip("/").rpartition("/")[2]
    if token and _opens(token, here):
        return redirect("set-up-open", token)
    context = {"token": token}
    return render(request, "desk/start/set_up_closed.html", context, status=403)


@anyone
def open_with_token(request: Request, token: str) -> HttpResponse:
    """Ask for administrator and company, once."""
    here = Installation.here()
    if here.set_up_at or not _opens(token, here):
        return redirect("set-up")
    form = SetUpForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "desk/start/set_up.html", {"form": form}, status=status)
    _set_up(form, request)
    messages.success(request, _("Paraph is set up. Sign in, and test e-mail and SMS."))
    return redirect(f"{reverse('account_login')}?next={reverse('connections')}")


def _opens(token: str, here: Installation) -> bool:
    given = hashlib.sha256(token.encode()).hexdigest()
    return hmac.compare_digest(given, here.set_up_token_hash)


def _set_up(form: SetUpForm, request: Request) -> None:
    typed = form.cleaned_data
    administrator = set_up_installation(
        form.administrator(),
        name=typed["company"],
        language=typed["language"],
        is_trial=False,
        at=request.received_at,
    )
    requisites = Requisites(
        name=typed["company"], country=typed["country"], director=administrator
    )
    create_company(
        requisites,
        is_ours=True,
        responsible=administrator,
        by=administrator.actor,
        at=request.received_at,
    )
