"""Makes an installation for a journey: the cast, and their company."""

from datetime import UTC, datetime

from django.conf import settings

from paraph.config.demo.drawing import round_stamp, signature
from paraph.contacts.actions.companies import set_picture
from paraph.kit import files
from paraph.signing.authority import ensure_authority
from tests.cast import gather

settings.PARAPH_JOBS = "inline"
now = datetime.now(UTC)
ensure_authority(at=now)
cast = gather()
for picture, content in (
    ("stamp", round_stamp("Ardent", "Lyon")),
    ("signature", signature("Erin")),
):
    sha256 = files.put(content)
    set_picture(
        cast.company,
        "stamp" if picture == "stamp" else "signature",
        sha256=sha256,
        by=cast.olga.actor,
        at=now,
    )
