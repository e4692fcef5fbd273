"""Words for what happens to templates and to the series that number their documents."""

from django.utils.translation import gettext_lazy as _

from .wording import Details, Words, changes

WORDS: Words = {
    "template.created": ("template", _("Template added")),
    "template.edited": ("pencil", _("Template edited")),
    "template.version-added": ("file-plus", _("New version of the template")),
    "series.created": ("list-numbers", _("Series of numbers begun")),
    "series.edited": ("pencil", _("Series of numbers changed")),
}

DETAILS: Details = {"template.edited": changes, "series.edited": changes}
