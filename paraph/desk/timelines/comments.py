"""Words for what happens to comments; what they say stands beside the timeline."""

from django.utils.translation import gettext_lazy as _

from .wording import Details, Words

WORDS: Words = {
    "comment.written": ("message", _("Comment written")),
    "comment.edited": ("pencil", _("Comment edited")),
    "comment.withdrawn": ("trash", _("Comment taken back")),
}
DETAILS: Details = {}
