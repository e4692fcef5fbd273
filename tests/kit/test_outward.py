"""A request that a stranger asked for leaves the house, and goes where it was checked to go."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from pytest_django import Settings

from paraph.kit.outward import Outward, is_allowed

INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "192.168.0.1",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
]


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """A server of the house; the first entry is its address, then comes what it was asked."""
    found: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            found.append(self.path)
            self.send_response(204)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.append(f"http://127.0.0.1:{server.server_address[1]}/secret")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_the_house_is_reached(address: str) -> None:
    assert not is_allowed(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_the_internet_is_reached(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_however_the_house_is_written_nothing_is_asked_there(asked: list[str], host: str) -> None:
    address = asked[0].replace("127.0.0.1", host)

    with httpx.Client(transport=Outward()) as client, pytest.raises(httpx.ConnectError):
        client.get(address)
    assert len(asked) == 1


def test_a_network_that_the_setting_names_is_asked(asked: list[str], settings: Settings) -> None:
    settings.INSIDE_NETWORKS = ["127.0.0.0/8"]

    with httpx.Client(transport=Outward()) as client:
        assert client.get(asked[0]).status_code == 204
    assert asked[1:] == ["/secret"]
