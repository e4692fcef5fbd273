"""What the installation's certificate authority keeps."""

from __future__ import annotations

from django.db import models


class AuthorityState(models.Model):
    """The installation's certificate authority: keys encrypted under the master key."""

    blob = models.BinaryField()
    certificates = models.TextField()  # PEM bundle, root first: public
    revocation_list = models.BinaryField()  # the root's, as DER: public
    created_at = models.DateTimeField()
