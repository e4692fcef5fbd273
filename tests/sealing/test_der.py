"""DER, compared with what asn1crypto reads and writes."""

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from paraph.sealing import der


@given(st.integers(min_value=0, max_value=1 << 160))
def test_an_integer_reads_back(number: int) -> None:
    assert core.Integer.load(der.integer(number), strict=True).native == number


@pytest.mark.parametrize(
    "dotted", ["1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1", f"2.25.{2**127 + 5}", "1.3.6"]
)
def test_an_identifier_is_what_others_write(dotted: str) -> None:
    assert der.identifier(dotted) == core.ObjectIdentifier(dotted).dump()


@pytest.mark.parametrize("size", [0, 127, 128, 255, 256, 70_000])
def test_a_value_of_any_length_comes_apart_again(size: int) -> None:
    encoded = der.octets(bytes(size))

    assert der.split(encoded + b"rest") == (0x04, bytes(size), b"rest")


@pytest.mark.parametrize(
    "broken", [b"", b"\x30", b"\x30\x05abc", b"\x30\x80\x00\x00", b"\x30\x81\x05abcde"]
)
def test_what_is_not_der_is_refused(broken: bytes) -> None:
    with pytest.raises(der.NotDer):
        der.split(broken)


def test_a_set_is_sorted() -> None:
    assert der.set_of(b"\x02\x01\x09", b"\x02\x01\x01") == b"\x31\x06\x02\x01\x01\x02\x01\x09"
