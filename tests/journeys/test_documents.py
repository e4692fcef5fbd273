"""From a deal to its signed invoice: made in French, sent, signed by both; then another one.

And the list of documents: one that waits is looked after, the signed invoice is taken out.
"""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.journeys import signing
from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Postbox,
    Visitor,
    french,
    sign_in,
    use,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PRODUCTS = ("Suspension", "Rail", "Support", "Variateur", "Déplacement")
COUNT_CLICKS = """
addEventListener("click", event => {
  if (event.isTrusted) sessionStorage.clicks = 1 + Number(sessionStorage.clicks ?? 0);
}, true);
"""
Sale = dict[str, str]  # path of the deal, phone of the client, name of the client


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_deal_becomes_a_signed_invoice_and_the_next_takes_two_clicks(
    browser: Browser, paraph: Running, tmp_path: Path, size: ViewportSize
) -> None:
    first, second = _sales(paraph, str(size["width"]))
    alice = visitor(browser, paraph, size)
    olga = visitor(browser, paraph, size, has_touch=size == PHONE)
    alice.page.add_init_script(COUNT_CLICKS)
    sign_in(alice, "alice")
    sign_in(olga, "olga")

    _shows_the_sums(alice, first)
    number = _make_the_invoice(alice, first)
    _is_a_french_invoice(alice, tmp_path)
    _send(alice)
    _both_sign(
        browser, paraph, Postbox(olga), tmp_path, sale=first | {"number": number}, size=size
    )
    _shows_it_as_signed(alice, first, tmp_path)

    _make_the_invoice(alice, second)
    assert _clicks_from_sign_to_sent(alice) <= 2

    _takes_out(olga, number, tmp_path)
    assert alice.troubles == olga.troubles == []


def _sales(paraph: Running, mark: str) -> list[Sale]:
    found: list[Sale] = json.loads(paraph.does("sell", mark).splitlines()[-1])
    return found


def _shows_the_sums(alice: Visitor, sale: Sale) -> None:
    alice.goto(sale["path"])
    expect(alice.page.get_by_role("table", name="Products").locator("tbody tr")).to_have_count(5)
    sums = alice.page.locator(".totals dd")
    expect(sums).to_have_text(["€3,951.60", "€790.32", "€4,741.92"])


def _make_the_invoice(alice: Visitor, sale: Sale) -> str:
    """Go through the Documents tab to the built-in invoice, look at its pages, and make it.

    Returns its number, by which the letters and short texts about it are told from others.
    """
    alice.goto(sale["path"])
    _open_documents(alice)
    alice.press("Create document")
    alice.is_accessible()
    alice.press("Invoice")
    expect(alice.page.get_by_role("combobox", name="Language")).to_have_value("fr")
    alice.page.get_by_role("img", name="Page 1 of the preview").wait_for()
    alice.is_accessible()
    alice.press("Create document")
    alice.sees("is made. Sign it, or send it on.")
    named = re.search(r"Facture (\d{4}-\d{4})", alice.page.title())
    assert named
    return named[1]


def _open_documents(alice: Visitor) -> None:
    """Open the deal's tab; the menu and the timeline say *Documents*, too."""
    alice.page.locator(".page-tabs").get_by_role("link", name=re.compile("^Documents")).click()


def _is_a_french_invoice(alice: Visitor, folder: Path) -> None:
    """Read what was made: five rows with their sums in French, and the same for machines."""
    alice.is_accessible()
    path = alice.page.url.removeprefix(alice.url)
    said = " ".join(re.sub(r"<[^>]*>", " ", alice.read(f"{path}text/")).split())
    for words in ("Facture", *PRODUCTS, "3 951,60", "790,32", "4 741,92"):
        assert words in said
    _carries_itself_for_machines(_downloaded(alice, "Download", folder))


def _downloaded(alice: Visitor, link: str, folder: Path) -> bytes:
    with alice.page.expect_download() as waiting:
        alice.press(link)
    waiting.value.save_as(folder / "downloaded.pdf")
    return (folder / "downloaded.pdf").read_bytes()


def _carries_itself_for_machines(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        xml = opened.attachments["factur-x.xml"].get_file().read_bytes()
    assert b">4741.92</ram:GrandTotalAmount>" in xml
    assert xml.count(b"<ram:IncludedSupplyChainTradeLineItem>") == len(PRODUCTS)


def _press_sign(alice: Visitor) -> None:
    """Press the page's own *Sign*; the menu has another one."""
    alice.page.locator("main").get_by_role("button", name="Sign", exact=True).click()


def _send(alice: Visitor) -> None:
    """Nobody has sent such an invoice yet, but it knows where it is signed: look, and send."""
    _press_sign(alice)
    alice.press("Fields")
    expect(alice.page.locator(".placed")).to_have_count(4)
    alice.press("Continue to sending")
    alice.press("Send for signing")
    alice.sees("Sent. You will see here how it goes.")


def _both_sign(
    browser: Browser,
    paraph: Running,
    postbox: Postbox,
    folder: Path,
    *,
    sale: Sale,
    size: ViewportSize,
) -> None:
    """Our director signs in English, then the client in French."""
    for at, say in (("erin@example.org", signing.plainly), (sale["phone"], french)):
        person = visitor(browser, paraph, size)
        signing.prove(person, postbox, at=at, about=sale["number"], say=say)
        signing.fill(person, folder, say=say)
        signing.sign(person, say=say)
        assert person.troubles == []
        person.page.context.close()
    assert postbox.link(sale["phone"], path="/f/")


def _shows_it_as_signed(alice: Visitor, sale: Sale, folder: Path) -> None:
    """Find it on the deal: what happened, its state among the documents, and the signed file."""
    alice.goto(sale["path"])
    for happened in ("Document made from a template", "Sent for signing", "Completed and sealed"):
        alice.sees(happened)
    _open_documents(alice)
    row = alice.page.get_by_role("row").filter(has_text=sale["client"])
    expect(row.get_by_text("Signed", exact=True)).to_be_visible()
    alice.is_accessible()
    row.get_by_role("link").click()
    _carries_itself_for_machines(_downloaded(alice, "Signed PDF", folder))


def _clicks_from_sign_to_sent(alice: Visitor) -> int:
    """Begin to sign an invoice of a template that was sent before; nothing is placed by hand."""
    alice.page.evaluate("sessionStorage.clicks = -1")  # with *Sign* itself it is none
    _press_sign(alice)
    alice.press("Send for signing")
    alice.sees("Sent. You will see here how it goes.")
    return int(alice.page.evaluate("sessionStorage.clicks"))


def _chooses(olga: Visitor, document: str, act: str) -> None:
    """Choose the one document that is found so, and what to do with it."""
    expect(olga.page.locator("[data-row]")).to_have_count(1)
    olga.page.locator("[data-row]", has_text=document).locator("[name=ids]").check()
    use(olga, olga.page.locator("[data-many]").get_by_role("button", name=act, exact=True))


def _takes_out(olga: Visitor, number: str, folder: Path) -> None:
    """Choose the signed invoice in the list of documents, and take it along with its evidence."""
    olga.goto(f"/envelopes/?q={number}")
    _chooses(olga, number, "Download the signed files")
    with olga.page.expect_download() as waiting:
        use(olga, olga.page.get_by_role("link", name="Download the archive"))
    waiting.value.save_as(folder / "signed.zip")
    with zipfile.ZipFile(folder / "signed.zip") as archive:
        kept = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert len(kept) == 1


ANSWERS = {
    "Remind": None,
    "Change the responsible": ("select", "Bob Weber"),
    "Cancel documents": ("textarea", "Ordered twice"),
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_document_that_waits_is_looked_after_in_the_list(
    browser: Browser, paraph: Running, size: ViewportSize
) -> None:
    title = f"Supplies {size['width']}"
    paraph.does("wait", title)
    olga = visitor(browser, paraph, size, has_touch=size == PHONE)
    sign_in(olga, "olga")
    page, row = olga.page, olga.page.locator("[data-row]")

    olga.goto(f"/envelopes/?q={title}")
    table = page.locator(".table-wrap")
    assert table.evaluate("it => it.scrollWidth <= it.clientWidth"), "Columns out of sight"
    for act in ANSWERS:
        _chooses(olga, title, act)
        _answers(olga, act)

    expect(row).to_contain_text("Bob Weber")
    expect(row).to_contain_text("Cancelled")
    use(olga, row.locator(".row-link"))
    for happened in ("Reminded", "Handed over", "Ordered twice"):
        expect(page.locator("#story")).to_contain_text(happened)
    assert olga.troubles == []


def _answers(olga: Visitor, act: str) -> None:
    """Fill in what the dialog asks, and do it."""
    dialog = olga.page.get_by_role("dialog")
    match ANSWERS[act]:
        case ("select", name):
            dialog.locator("select").select_option(label=name)
        case ("textarea", words):
            dialog.locator("textarea").fill(words)
    olga.is_accessible(once=act)
    use(olga, dialog.locator("[name=confirmed]"))
    expect(dialog).to_have_count(0)
