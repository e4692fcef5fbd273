"""In which language a document is made."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import Template
from paraph.people.http import Request


class LanguageForm(forms.Form):
    """The languages that built-in templates speak."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


def language_of(request: Request, template: Template, usual: str) -> str:
    """Return the language of the template; where it speaks them all, the one that was chosen."""
    if template.language:
        return template.language
    sent = request.POST if request.method == "POST" else request.GET
    chosen = sent.get("language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else usual
