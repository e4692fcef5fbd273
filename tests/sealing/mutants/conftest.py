"""The many reasons that pyHanko writes down for each forgery would take longer than the check."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _without_reasons() -> Iterator[None]:
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
