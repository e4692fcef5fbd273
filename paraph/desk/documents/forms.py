"""What people type about documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.documents.intake import Upload, title_from

from .accepting import accepted_kinds, accepted_words


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes more than one."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more uploaded files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return every file that was chosen, in order."""
        several = (data or [None]) if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in several]


class UploadForm(forms.Form):
    """A document out of files: one that has pages, or the pictures of its pages."""

    documents = FilesField(
        label=_("Choose a document, or pictures of its pages"),
        widget=SeveralFiles(attrs={"multiple": True}),
        allow_empty_file=True,  # the intake says what is wrong with it, by name
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # what Django passes on
        super().__init__(*args, **kwargs)
        field = self.fields["documents"]
        field.help_text = accepted_words()
        field.widget.attrs["accept"] = accepted_kinds()

    def uploads(self) -> list[Upload]:
        """Return the files as the intake wants them."""
        return [Upload(file.name or "", file.read()) for file in self.cleaned_data["documents"]]

    def title(self) -> str:
        """Return the title that the first file suggests."""
        name = self.cleaned_data["documents"][0].name or ""
        return title_from(name) or gettext("Document")


class TitleForm(forms.Form):
    """A document's title."""

    title = forms.CharField(label=_("Title"), max_length=200)
