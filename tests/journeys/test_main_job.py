"""The main job, as its three people do it: from an upload to a signed file."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests import make
from tests.journeys import signing
from tests.journeys.installation import Running, running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Postbox,
    Visitor,
    download,
    sign_in,
    sign_in_by_hand,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TITLE = "Frame agreement"


@dataclass(frozen=True)
class Client:
    """The new client of one journey."""

    first: str
    last: str
    phone: str
    email: str


def test_from_an_upload_to_a_signed_file(
    browser: Browser, paraph: Running, tmp_path: Path
) -> None:
    client = Client("Ève", "Martin", "+33612001440", "eve@example.org")

    signed = _whole_journey(browser, paraph, tmp_path, size=DESKTOP, client=client)

    _is_signed_and_whole(signed, paraph)
    _changes_are_found(signed, paraph)


@pytest.mark.postgres
def test_the_same_on_phones_over_postgresql_with_two_workers(
    browser: Browser, postgres_installation_url: str, tmp_path: Path
) -> None:
    client = Client("Zoë", "Petit", "+33612009999", "zoe@example.org")
    with running(tmp_path, database_url=postgres_installation_url, workers=2) as paraph:
        signed = _whole_journey(browser, paraph, tmp_path, size=PHONE, client=client)

        _is_signed_and_whole(signed, paraph)


def _whole_journey(
    browser: Browser, paraph: Running, folder: Path, *, size: ViewportSize, client: Client
) -> Path:
    alice, olga = visitor(browser, paraph, size), visitor(browser, paraph, DESKTOP)
    sign_in_by_hand(alice, "alice")
    sign_in(olga, "olga")
    postbox = Postbox(olga)
    _prepare_and_send(alice, folder, client)

    erin = visitor(browser, paraph, size)
    signing.prove(erin, postbox, at="erin@example.org", about=TITLE)
    signing.fill(erin, folder)
    signing.sign(erin)

    eve = visitor(browser, paraph, size)
    signing.prove(eve, postbox, at=client.phone, about=TITLE)
    signing.fill(eve, folder)
    signing.sign(eve)

    file_link = postbox.link(client.phone, path="/f/", about=TITLE)
    assert postbox.link("erin@example.org", path="/f/", about=TITLE)
    eve.goto(file_link)
    eve.is_accessible()
    download(eve, f"Download “{TITLE}”", to=folder / "signed.pdf")
    for person in (alice, olga, erin, eve):
        assert person.troubles == []
        person.page.context.close()
    return folder / "signed.pdf"


def _prepare_and_send(alice: Visitor, folder: Path, client: Client) -> None:
    contract = folder / f"{TITLE}.pdf"
    contract.write_bytes(make.pdf(pages=4))
    alice.goto("/envelopes/new/")
    alice.is_accessible()
    alice.page.set_input_files("input[type=file]", contract)
    alice.page.wait_for_url("**/parties/")
    _create_the_client(alice, client)
    alice.is_accessible()
    alice.press("Continue to the fields")
    alice.page.wait_for_url("**/fields/")
    _place_fields(alice, client)
    alice.is_accessible()
    alice.press("Continue to sending")
    alice.page.wait_for_url("**/review/")
    alice.is_accessible()
    alice.press("Send for signing")
    alice.sees("Sent. You will see here how it goes.")
    alice.is_accessible()


def _create_the_client(alice: Visitor, client: Client) -> None:
    alice.press("Create a new contact")
    dialog = alice.page.get_by_role("dialog")
    dialog.get_by_label("Last name").fill(client.last)
    dialog.get_by_label("First name").fill(client.first)
    dialog.get_by_label("Phone").fill(client.phone)
    dialog.get_by_label("E-mail").fill(client.email)
    dialog.get_by_role("button", name="Create contact").click()
    expect(alice.page.locator("#client-chosen")).to_contain_text(client.last)


def _place_fields(alice: Visitor, client: Client) -> None:
    alice.press("Suggest places")
    expect(alice.page.locator(".placed")).to_have_count(4)
    alice.page.locator(".placer__party", has_text=client.last).click()
    alice.page.locator(".placer__page").first.scroll_into_view_if_needed()
    for kind in ("Text", "Date", "Checkbox"):
        alice.page.get_by_role("button", name=kind, exact=True).focus()
        alice.page.keyboard.press("Enter")
        alice.page.keyboard.press("ArrowLeft")
    expect(alice.page.locator(".placed")).to_have_count(7)
    expect(alice.page.locator(".placer__saved")).to_have_text("Saved")


def _is_signed_and_whole(signed: Path, paraph: Running) -> None:
    report = subprocess.run(["pdfsig", signed], capture_output=True, text=True, check=False)
    structure = subprocess.run(["qpdf", "--check", signed], capture_output=True, check=False)
    verdict = paraph.paraph("verify", str(signed), "--json")

    assert report.stdout.count("Signature is Valid") == 4
    assert "Erin Lindqvist" in report.stdout
    assert structure.returncode == 0
    assert '"verdict": "intact"' in verdict.stdout


def _changes_are_found(signed: Path, paraph: Running) -> None:
    content = signed.read_bytes()
    middle = len(content) // 2
    flipped, appended = signed.with_name("flipped.pdf"), signed.with_name("appended.pdf")
    flipped.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    appended.write_bytes(content + b"\n")

    for changed in (flipped, appended):
        verdict = paraph.paraph("verify", str(changed), "--json")
        assert '"verdict": "intact"' not in verdict.stdout
        assert verdict.returncode == 1
