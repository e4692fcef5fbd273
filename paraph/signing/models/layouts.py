"""Where the fields of a template's documents lay when one was sent last."""

from __future__ import annotations

from django.db import models

from paraph.documents.models import Template


class Layout(models.Model):
    """The places of a template: offered to the next document that is made from it."""

    template = models.OneToOneField(Template, models.CASCADE, related_name="layout")
    page_count = models.PositiveIntegerField()
    # Who sat where: [{"employee": id, "contact": id, "role", "group", "link_channel", …}, …].
    seats = models.JSONField(default=list)
    # [{"seat": 0, "kind", "page", "x", "y", "width", "height", "label", …}, …].
    places = models.JSONField(default=list)
    remembered_at = models.DateTimeField()


class MarkedPlaces(models.Model):
    """What a file's text marks said: ``{{sign:client}}`` and its like, covered in these bytes."""

    sha256 = models.CharField(max_length=64, unique=True)  # of the file without the marks
    # [{"kind", "who", "label", "options", "page", "x", "y", "width", "height"}, …]
    places = models.JSONField(default=list)
