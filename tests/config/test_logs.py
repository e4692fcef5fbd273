"""The log tells what went wrong, and nothing that opens a document."""

import logging
from typing import Any

import pytest
from django.conf import settings

from paraph.config.logs import Masked, masked

TOKEN = "q2Z-8fJx_0aTqW3rPzXkLm91Nb4"


@pytest.mark.parametrize(
    "path",
    [
        f"/s/{TOKEN}/finish/",
        f"/f/{TOKEN}/",
        f"/d/{TOKEN}/",
        f"/u/{TOKEN}/",
        f"/receipts/twilio/{TOKEN}/",
        f"/set-up/{TOKEN}/",
        f"/welcome/{TOKEN}/",
        f"/accounts/password/reset/key/{TOKEN}/",
    ],
)
def test_the_secret_of_an_address_is_not_written(path: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Gone: %s", (path,), None)

    assert TOKEN not in Masked("{message}", style="{").format(record)


def test_other_addresses_are_written_as_they_are() -> None:
    assert masked("Not Found: /documents/7/s/") == "Not Found: /documents/7/s/"


def test_every_handler_of_the_installation_masks() -> None:
    logging_: dict[str, Any] = settings.LOGGING
    used = {handler["formatter"] for handler in logging_["handlers"].values()}

    made_by = {logging_["formatters"][name]["()"] for name in used}
    assert made_by == {"paraph.config.logs.Masked"}
