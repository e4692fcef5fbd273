"""Forms that show every kind of control; nobody sends them anywhere."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The link goes there."))
    position = forms.CharField(label=_("Position"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("fr", "Français"), ("pl", "Polski")]
    )
    channel = forms.ChoiceField(
        label=_("How the code travels"),
        choices=[("sms", _("Text message")), ("email", _("E-mail"))],
        widget=forms.RadioSelect,
        initial="sms",
    )
    due_on = forms.DateField(
        label=_("Sign until"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    note = forms.CharField(label=_("Message"), widget=forms.Textarea, required=False)
    picture = forms.ImageField(label=_("Stamp"), required=False, help_text=_("PNG or JPEG."))
    consent = forms.BooleanField(label=_("I agree to sign electronically."))


class SampleChoice(forms.Form):
    """A row chosen by typing a part of its name."""

    client = forms.CharField(required=False, widget=forms.HiddenInput)
    client_text = forms.CharField(label=_("Client company"), required=False)
