"""Which files can be uploaded on this machine, in words and for a browser's file dialog."""

from django.utils.translation import gettext as _

from paraph.documents.converting import availability

_ALWAYS = "application/pdf,image/png,image/jpeg,.pdf,.png,.jpg,.jpeg"
_OFFICE = ".docx,.docm,.doc,.odt,.rtf"


def accepted_kinds() -> str:
    """Return what a file dialog offers first."""
    return f"{_ALWAYS},{_OFFICE}" if availability().is_ready else _ALWAYS


def accepted_words() -> str:
    """Say what can be uploaded, and what is missing where office documents cannot."""
    found = availability()
    if found.is_ready:
        return _(
            "PDF, Word or OpenDocument text, or PNG and JPEG pictures, at most 50 MB a file. "
            "You can also drop files anywhere on this page."
        )
    return _(
        "PDF, PNG or JPEG, at most 50 MB a file. You can also drop files anywhere on this page. "
        "%(reason)s Until then, save them as PDF first."
    ) % {"reason": found.sentence}
