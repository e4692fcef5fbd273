"""The directory on the way to a document and back, in French: by keyboard, and on a phone.

Where the journeys of the directory are: created, edited on the spot, seen twice, merged:
``test_contacts``; searched, filtered, presets, columns: ``test_contact_list``; the same by keys
and on a phone, where all that fit are changed: ``test_contact_keys``, ``test_contact_phone``;
files in and out: ``test_files``; campaigns: ``test_campaigns``. Here: taken by its menu into a
document, completed, made anew over the wizard, known to the deals, sorted, columns put in order,
merged from the list, deleted one by one and as a group.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, ViewportSize, expect

from tests import make
from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    french,
    sign_in,
    speak,
    use,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.mark.parametrize(("size", "mark"), [(DESKTOP, "410"), (PHONE, "420")])
def test_contacts_on_the_way_to_a_document_and_out_of_the_list(
    browser: Browser, paraph: Running, tmp_path: Path, size: ViewportSize, mark: str
) -> None:
    paraph.does("meet", mark)
    alice = visitor(browser, paraph, size, has_touch=size == PHONE)
    sign_in(alice, "alice")
    speak(alice, "fr")
    _takes_into_a_document(alice, mark, tmp_path)
    _completes(alice, mark)
    _makes_another_over_the_wizard(alice, mark)
    _is_known_to_the_deals(alice, mark)
    _puts_in_order(alice, mark)
    _merges(alice, mark)
    _deletes(alice, mark)
    _deletes_the_chosen(alice)
    assert alice.troubles == []


def _button(person: Visitor, words: str, within: str = "body") -> Locator:
    """Find the visible button or link that has these words in French."""
    place, name = person.page.locator(within), french(words)
    button = place.get_by_role("button", name=name, exact=True)
    link = place.get_by_role("link", name=name, exact=True)
    return button.or_(link).locator("visible=true").first


def _row(person: Visitor, name: str) -> Locator:
    return person.page.locator("[data-row]", has_text=name)


def _chooses_in_menu(person: Visitor, name: str, words: str) -> None:
    """Open the menu of a row and choose from it."""
    menu = _row(person, name).locator("summary")
    use(person, menu)
    choice = _row(person, name).locator(".menu__item", has_text=french(words))
    expect(choice).to_be_visible()
    use(person, choice)


def _takes_into_a_document(alice: Visitor, mark: str, folder: Path) -> None:
    contract = folder / "contract.pdf"
    contract.write_bytes(make.pdf())
    alice.goto(f"/contacts/?q=okafor{mark}")
    _chooses_in_menu(alice, "Ngozi", "New document")
    alice.page.wait_for_url(re.compile(r"/envelopes/new/\?client="))
    alice.page.set_input_files("input[type=file]", contract)
    alice.page.wait_for_url(re.compile(r"/envelopes/\d+/parties/"))
    expect(alice.page.locator("#client-chosen")).to_contain_text(f"Ngozi Okafor{mark}")


def _completes(alice: Visitor, mark: str) -> None:
    """Say what is missing; the dialog asks for that alone."""
    page = alice.page
    lacking = "Phone or e-mail is missing: complete the contact"
    use(alice, _button(alice, lacking))
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[name=email]")).to_have_count(0)
    dialog.locator("[name=phone]").fill("12")
    use(alice, _button(alice, "Save", "dialog"))
    expect(dialog.locator(".field__error")).to_be_visible()
    alice.is_accessible(once="completing")
    dialog.locator("[name=phone]").fill(f"06 99 11 {mark[:2]} {mark[2]}9")
    use(alice, _button(alice, "Save", "dialog"))
    expect(_button(alice, lacking)).to_have_count(0)
    expect(page.locator("#client-chosen")).to_contain_text(f"99 11 {mark[:2]}")


def _makes_another_over_the_wizard(alice: Visitor, mark: str) -> None:
    page = alice.page
    page.locator("#client-search").fill(f"Nadir{mark}")
    expect(page.locator("#client-found")).to_contain_text(
        french("Nobody fits. Create a new contact below.")
    )
    use(alice, _button(alice, "Create a new contact"))
    dialog = page.get_by_role("dialog")
    dialog.locator("[name=last_name]").fill(f"Nadir{mark}")
    dialog.locator("[name=first_name]").fill("Léa")
    dialog.locator("[name=phone]").fill(f"+336991{mark}00")
    use(alice, _button(alice, "Create contact", "dialog"))
    expect(dialog.locator("[name=email][aria-invalid=true]")).to_have_count(1)
    dialog.locator("[name=email]").fill(f"lea{mark}@nadir.example")
    use(alice, _button(alice, "Create contact", "dialog"))
    expect(page.locator("#client-chosen")).to_contain_text(f"Léa Nadir{mark}")


def _is_known_to_the_deals(alice: Visitor, mark: str) -> None:
    """Find who was made for a document where deals choose their contact."""
    alice.goto("/deals/new/")
    contact = alice.page.locator("[name=contact_text]")
    contact.fill(f"nadir{mark}")
    alice.page.get_by_role("option", name=re.compile("Léa")).click()
    expect(contact).to_have_value(re.compile(f"Nadir{mark}"))


def _sort_by_phone(alice: Visitor) -> None:
    """Press the head of the column, or what stands for it in the menu of a phone."""
    menu = alice.page.locator(".list-table__order")
    if alice.page.viewport_size == PHONE:
        menu.locator("summary").tap()
        menu.get_by_role("button", name=french("Phone")).tap()
    else:
        use(alice, alice.page.locator("th [data-name=phone]"))


def _puts_in_order(alice: Visitor, mark: str) -> None:
    """Sort by a column, and put the columns into another order."""
    page, names = alice.page, alice.page.locator("[data-row] .row-link")
    alice.goto(f"/contacts/?q=jumel{mark}")
    for way in ("ascending", "descending"):
        _sort_by_phone(alice)
        expect(page.locator(f"th[aria-sort={way}]:has([data-name=phone])")).to_have_count(1)
    expect(names.first).to_contain_text("Zita")
    heads = page.locator("th")
    at = heads.evaluate_all("all => all.findIndex(it => it.querySelector('[data-name=phone]'))")
    gear = page.locator("main summary", has=page.get_by_role("img")).first
    use(alice, gear)
    use(alice, _button(alice, "Choose columns"))
    use(alice, page.locator("dialog [name=move][value='-phone']"))
    use(alice, _button(alice, "Keep these columns", "dialog"))
    expect(heads.nth(at - 1).locator("[data-name=phone]")).to_have_count(1)


def _merges(alice: Visitor, mark: str) -> None:
    """Choose two in the list, and make one of them."""
    page = alice.page
    alice.goto(f"/contacts/?q=jumel{mark}")
    for name in ("Aïda", "Aida"):
        _row(alice, name).locator("[name=ids]").check()
    use(alice, _button(alice, "Merge duplicates", "[data-many]"))
    page.wait_for_url(re.compile(r"/contacts/merge/"))
    use(alice, page.locator("main [name=merge]"))
    page.wait_for_url(re.compile(r"/contacts/\d+/$"))
    for mine in "ab":
        expect(page.locator("main")).to_contain_text(f"{mine}{mark}@x.example")


def _deletes(alice: Visitor, mark: str) -> None:
    """Delete by the menu of a row; who was merged is one row now, and stays."""
    page = alice.page
    alice.goto(f"/contacts/?q=jumel{mark}")
    expect(page.locator("[data-row]")).to_have_count(2)
    _chooses_in_menu(alice, "Zita", "Delete")
    use(alice, page.locator("dialog [name=confirmed]"))
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(_row(alice, "Zita")).to_have_count(0)


def _deletes_the_chosen(alice: Visitor) -> None:
    """Choose who is left and delete; it says that nothing brings them back, and one may stop."""
    dialog, rows = alice.page.get_by_role("dialog"), alice.page.locator("[data-row]")
    rows.locator("[name=ids]").check()
    for words, left in (("Keep it as it is", 1), ("Delete", 0)):
        use(alice, _button(alice, "Delete", "[data-many]"))
        expect(dialog).to_contain_text("C’est définitif.")
        alice.is_accessible(once="deleting the chosen")
        use(alice, _button(alice, words, "dialog"))
        expect(dialog).to_have_count(0)
        expect(rows).to_have_count(left)
