"""The words of our messages: which of them are the company's own, and how they read."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.messaging.models import OwnWords
from paraph.messaging.texting import size_of
from paraph.messaging.wording import Wordable, problems_with, write_words
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing.wording import WORDABLE

from .forms import WordsForm
from .samples import sample_of

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Line:
    """One kind of message, and the languages in which the company has its own words."""

    wordable: Wordable
    languages: list[tuple[str, str, bool]]


@allow(Section.SETTINGS, Right.VIEW)
def texts(request: Request) -> HttpResponse:
    """List the kinds of messages whose words can be the company's own."""
    own = set(OwnWords.objects.values_list("kind", "language"))
    lines = [
        Line(it, [(code, name, (it.kind, code) in own) for code, name in LANGUAGES.items()])
        for it in WORDABLE.values()
    ]
    return render(request, "desk/texts/list.html", {"lines": lines, "here": "connections"})


@allow(Section.SETTINGS, Right.EDIT)
def edit(request: Request, kind: str, language: str) -> HttpResponse:
    """Write the words of one kind in one language; empty texts are the usual words again."""
    wordable = _wordable(kind, language)
    kept = OwnWords.objects.filter(kind=kind, language=language).first() or OwnWords()
    initial = {"subject": kept.subject, "text": kept.text, "sms": kept.sms}
    form = WordsForm(request.POST or None, wordable=wordable, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        write_words(wordable, words, language=language, by=request.actor, at=request.received_at)
        messages.success(request, _("“%s” is saved.") % wordable.title)
        return redirect("text-list")
    context = {"form": form, "wordable": wordable, "language": language, "here": "connections"}
    context["language_name"] = LANGUAGES[language]
    status = 422 if form.errors else 200
    typed = _typed(request) if form.is_bound else kept
    context |= _preview(request, wordable, language, typed)
    return render(request, "desk/texts/edit.html", context, status=status)


@require_POST
@allow(Section.SETTINGS, Right.VIEW)
def preview(request: Request, kind: str, language: str) -> HttpResponse:
    """Show what is typed as its reader would get it; nothing is saved."""
    context = _preview(request, _wordable(kind, language), language, _typed(request))
    return render(request, "desk/texts/edit.html#preview", context)


def _wordable(kind: str, language: str) -> Wordable:
    if kind not in WORDABLE or language not in LANGUAGES:
        raise Http404
    return WORDABLE[kind]


def _typed(request: Request) -> OwnWords:
    texts = {name: request.POST.get(name, "")[:5_000] for name in ("subject", "text", "sms")}
    return OwnWords(**texts)


def _preview(
    request: Request, wordable: Wordable, language: str, own: OwnWords
) -> dict[str, object]:
    words = {"subject": own.subject, "text": own.text, "sms": own.sms}
    sample = sample_of(request, wordable.kind, language, own=own)
    problems = [it for found in problems_with(wordable, words).values() for it in found]
    size = size_of(sample["sms"].text) if "sms" in sample else None
    return {"sample": sample, "problems": problems, "size": size, "language": language}
