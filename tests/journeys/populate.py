"""Makes an installation for a journey, in a process of its own: the cast, and their company."""

import os
from datetime import UTC, datetime

import django

from paraph.config import secrets

os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
os.environ["PARAPH_JOBS"] = "inline"
secrets.make_missing()
django.setup()


from paraph.config.demo.drawing import round_stamp, signature  # noqa: E402
from paraph.contacts.actions.companies import set_picture  # noqa: E402
from paraph.kit import files  # noqa: E402
from paraph.signing.authority import ensure_authority  # noqa: E402
from tests.cast import gather  # noqa: E402

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
