"""What comes in from outside is kept only as far as it makes sense."""

import pytest

from paraph.signing.choices import Origin


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("2001:DB8::1", "2001:db8::1"),
        ("unknown", None),
        ("203.0.113.5:49152", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_that_is_none_is_not_kept(said: str | None, kept: str | None) -> None:
    assert Origin(ip=said).ip == kept
