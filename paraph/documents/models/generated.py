"""What a generated document was made of, so that it can be made again."""

from django.db import models

from .files import Document
from .templates import TemplateVersion


class Generated(models.Model):
    """The making of a document: in which language, with which values, from which version."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="generated")
    version = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=5)
    values = models.JSONField(default=dict)  # what was filled in, by placeholder
    typed = models.JSONField(default=dict)  # what somebody typed over it or added
    docx = models.CharField(max_length=64, blank=True)  # a file of the store
    times = models.PositiveIntegerField(default=1)
    made_on = models.DateField()  # the day that stands on it
    made_at = models.DateTimeField()
