"""The doctor's round: every check in its order; one that fails is a finding itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

from django.db import Error

from . import keeping, outside, working
from .findings import Check, Finding, wrong

logger = logging.getLogger(__name__)
CHECKS: Mapping[str, Check] = {
    "settings": keeping.of_settings,
    "database": keeping.of_database,
    "keys": keeping.of_keys,
    "certificates": keeping.of_certificates,
    "clock": outside.of_clock,
    "storage": keeping.of_storage,
    "mail": outside.of_mail,
    "texts": outside.of_texts,
    "time stamps": outside.of_stamps,
    "sandbox": outside.of_walls,
    "LibreOffice": outside.of_office,
    "jobs": working.of_jobs,
    "messages": working.of_messages,
    "log": working.of_log,
}


def made() -> Iterator[tuple[str, Finding]]:
    """Look at everything; yield each finding with the name of its check."""
    for name, check in CHECKS.items():
        try:
            yield from ((name, found) for found in check())
        except Error as reason:
            first = (str(reason).splitlines() or [type(reason).__name__])[0]
            yield name, wrong(f"The database does not answer this: {first}", mend=keeping.MIGRATE)
        except Exception as reason:
            logger.debug("The check of %s failed", name, exc_info=True)
            yield (
                name,
                wrong(
                    f"It could not be looked at: {type(reason).__name__}: {reason}",
                    mend="Mend what is named above first, then ask again.",
                ),
            )
