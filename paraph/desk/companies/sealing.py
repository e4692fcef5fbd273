"""The company's own certificate, with which it seals what is signed for it."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from paraph.contacts.models import Company
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import certificates
from paraph.signing.actions.company_seals import add_company_seal, remove_company_seal
from paraph.signing.models import CompanySeal
from paraph.signing.refusals import CannotSeal


class SealForm(forms.Form):
    """A certificate file with its password, or a certificate whose key lies in a token."""

    file = forms.FileField(label=gettext_lazy("Certificate file (.p12 or .pfx)"), required=False)
    password = forms.CharField(
        label=gettext_lazy("Its password"), required=False, strip=False, max_length=200
    )
    certificate = forms.FileField(label=gettext_lazy("Certificate (.pem)"), required=False)
    label = forms.CharField(
        label=gettext_lazy("Label of the key in the token"), required=False, max_length=100
    )


def context_of(company: Company, *, at: datetime) -> dict[str, object]:
    """Return what the company's page shows of its certificate."""
    seal = CompanySeal.objects.in_use().filter(company=company).first()
    return {
        "seal": seal,
        "seal_works": bool(seal and seal.is_usable(at=at)),
        "has_token": certificates.has_token(),
    }


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def give(request: Request, pk: int) -> HttpResponse:
    """Take a certificate for the company, once it has been looked at."""
    company, form = _company(request, pk), SealForm(request.POST, request.FILES)
    try:
        given = _given(form, at=request.received_at)
    except CannotSeal as refused:
        messages.error(request, str(refused))
        return redirect("company-detail", company.pk)
    seal = add_company_seal(
        company,
        chain=given.chain,
        secret=given.secret,
        token_label=given.token_label,
        by=request.actor,
        at=request.received_at,
    )
    words = {"name": seal.subject}
    messages.success(request, _("From now on “%(name)s” seals what the director signs.") % words)
    return redirect("company-detail", company.pk)


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def remove(request: Request, pk: int) -> HttpResponse:
    """Use the company's certificate no more."""
    company = _company(request, pk)
    for seal in CompanySeal.objects.in_use().filter(company=company):
        remove_company_seal(seal, by=request.actor, at=request.received_at)
    return redirect("company-detail", company.pk)


def _given(form: SealForm, *, at: datetime) -> certificates.Given:
    if not form.is_valid():
        raise CannotSeal(_("Choose the certificate file first."))
    typed = form.cleaned_data
    if typed["file"]:
        return certificates.from_file(
            typed["file"].read(certificates.LARGEST + 1), typed["password"], at=at
        )
    if typed["certificate"] and typed["label"] and certificates.has_token():
        content = typed["certificate"].read(certificates.LARGEST + 1)
        return certificates.from_token(content, typed["label"], at=at)
    raise CannotSeal(_("Choose the certificate file first."))


def _company(request: Request, pk: int) -> Company:
    rows = Company.objects.visible_to(request.user, Right.EDIT).ours()
    return get_object_or_404(rows, pk=pk)
