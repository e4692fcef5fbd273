"""The company's own sign-in for tests: a real OpenID provider as a process, and its visitor."""

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FORM = re.compile(r'action="(?P<action>[^"]+/interaction/[^"]+)"')
STEPS = 12

Accounts = Mapping[str, Mapping[str, object]]


@contextmanager
def provider(accounts: Accounts, *, redirect: str) -> Iterator[str]:
    """Run the provider with these accounts; its issuer address."""
    node, package = shutil.which("node"), ROOT / "frontend/node_modules/oidc-provider"
    if node is None or not package.exists():
        pytest.skip("The OpenID provider of frontend/package.json is not installed here.")
    port = _free_port()
    told = {
        "port": port,
        "redirect": redirect,
        "accounts": accounts,
        "modules": str(package / "package.json"),
    }
    command = [node, str(ROOT / "tests/fakes/oidc.mjs"), json.dumps(told)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with running:
        assert running.stdout and b"ready" in running.stdout.readline()
        yield f"http://127.0.0.1:{port}"
        running.kill()


def visit(address: str, *, account: str, until: str) -> str:
    """Sign in at the provider as a person would; the address it sends the browser back to."""
    with httpx.Client(timeout=180) as browser:
        answer = browser.get(address)
        for _step in range(STEPS):
            if answer.is_redirect:
                address = urljoin(str(answer.url), answer.headers["location"])
                if address.startswith(until):
                    return address
                answer = browser.get(address)
            else:
                answer = _press(browser, answer, account)
    raise AssertionError(f"The provider does not lead back: {answer.text[:300]}")


def _press(browser: httpx.Client, page: httpx.Response, account: str) -> httpx.Response:
    form = FORM.search(page.text)
    assert form, page.text[:300]
    prompt = "login" if 'value="login"' in page.text else "consent"
    typed = {"prompt": prompt, "login": account, "password": "any"}
    return browser.post(urljoin(str(page.url), form["action"]), data=typed)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
