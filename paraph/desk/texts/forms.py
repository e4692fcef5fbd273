"""A company's own words, as they are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.messaging.wording import Wordable, problems_with


class WordsForm(forms.Form):
    """Subject, e-mail and text message of one kind in one language; empty means the usual."""

    subject = forms.CharField(label=_("Subject of the e-mail"), max_length=200, required=False)
    text = forms.CharField(
        label=_("E-mail"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Greeting, button and our words of caution stay around it."),
    )
    sms = forms.CharField(
        label=_("Text message"),
        max_length=480,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, wordable: Wordable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordable = wordable
        if not wordable.has_sms:
            del self.fields["sms"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        words = {name: value or "" for name, value in typed.items()}
        for name, problems in problems_with(self.wordable, words).items():
            self.add_error(name, problems)
        return typed
