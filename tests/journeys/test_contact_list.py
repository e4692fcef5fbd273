"""The list of contacts in a browser, in French: by mouse, by keyboard alone, and on a phone."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    french,
    sign_in,
    speak,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CHLOE = {
    "last_name": "Bélanger",
    "first_name": "Chloé",
    "phone": "06 12 77 88 01",
    "email": "chloe@atelier-rivage.example",
}
FRAGMENTS = ("belang", "CHLOE", "77 88", "rivage.ex")


@pytest.fixture(scope="session")
def crowd(paraph: Running) -> Running:
    """The installation with a list of more than one page."""
    paraph.does("crowd")
    return paraph


def _press(person: Visitor, words: str, within: str = "body", context: str = "") -> None:
    """Press the visible button or link that has these words in French."""
    place, name = person.page.locator(within), french(words, context)
    button = place.get_by_role("button", name=name, exact=True)
    link = place.get_by_role("link", name=name, exact=True)
    button.or_(link).locator("visible=true").first.click()


def _rows(person: Visitor) -> Locator:
    return person.page.locator("[data-row] .row-link")


def _search(person: Visitor, text: str, *, finds: int) -> None:
    person.finds(text, within="main")
    expect(_rows(person)).to_have_count(finds)


def _has_its_columns_in_sight(person: Visitor) -> None:
    person.goto("/contacts/?q=foule")
    table = person.page.locator(".table-wrap")
    assert table.evaluate("it => it.scrollWidth <= it.clientWidth"), "Columns out of sight"


def _create_chloe(person: Visitor) -> None:
    """Send the form with one value more each time: the rest is asked for, nothing is lost."""
    page = person.page
    _press(person, "New contact", "main")
    for missing, (name, value) in enumerate(CHLOE.items()):
        _press(person, "Create contact", "main")
        for later in list(CHLOE)[missing:]:
            field = page.locator(f".field:has([name={later}][aria-invalid=true])")
            expect(field.locator(".field__error")).to_have_text(re.compile(r"\w+ \w+.*\."))
        for earlier in list(CHLOE)[:missing]:
            expect(page.locator(f"[name={earlier}]")).to_have_value(CHLOE[earlier])
        page.locator(f"[name={name}]").fill(value)
    person.is_accessible()
    _press(person, "Create contact", "main")
    expect(page.locator("h1")).to_have_text("Chloé Bélanger")


def _choose_columns(person: Visitor) -> None:
    """Take a column away, show another one; both stay so."""
    page = person.page
    page.locator("main summary", has=page.get_by_role("img")).first.click()
    _press(person, "Choose columns")
    page.locator("dialog [name=columns][value=email]").uncheck()
    page.locator("dialog [name=columns][value=language]").check()
    person.is_accessible()
    _press(person, "Keep these columns", "dialog")
    for _time in range(2):
        expect(page.locator("th", has_text=french("Language"))).to_be_visible()
        expect(page.locator("th [data-name=email]")).to_have_count(0)
        page.reload()


def _filter(person: Visitor) -> None:
    """Narrow the list by two filters, take one away, and keep the other as a preset."""
    page = person.page
    page.locator(".list__filters").click()
    page.locator("dialog [name=type][value=client]").check()
    page.locator("dialog [name=language][value=fr]").check()
    person.is_accessible()
    _press(person, "Show", "dialog", context="the rows that fit")
    chips = page.locator(".chip")
    expect(chips).to_have_count(2)
    chips.filter(has_text=french("Language")).get_by_role("link").click()
    expect(chips).to_have_count(1)
    _press(person, "Keep as a preset", ".pills")
    page.locator("#preset-name").fill("Nos clients")
    _press(person, "Save", "dialog")
    expect(page.locator(".pill[aria-current]")).to_have_text("Nos clients")
    page.goto(f"{person.url}/contacts/?all=1")
    page.locator(".pill", has_text="Nos clients").click()
    expect(chips).to_have_count(1)
    person.is_accessible()


def _export(person: Visitor, folder: Path) -> None:
    """Download what was searched for, from the gear."""
    page = person.page
    person.goto("/contacts/?q=belanger")
    page.locator("main summary", has=page.get_by_role("img")).first.click()
    _press(person, "Export", "main details[open]")
    page.locator("main form [type=radio][value=filtered]").check()
    with page.expect_download() as began:
        _press(person, "Export", "main")
    began.value.save_as(folder / "contacts.csv")
    text = (folder / "contacts.csv").read_text(encoding="utf-8-sig")
    assert [line.split(";")[0].strip('"') for line in text.splitlines()[1:]] == ["Bélanger"]


def test_contacts_are_found_kept_and_changed_by_mouse(
    browser: Browser, crowd: Running, tmp_path: Path
) -> None:
    alice = visitor(browser, crowd, DESKTOP)
    sign_in(alice, "alice")
    for language in ("en", "pl", "fr"):
        speak(alice, language)
        _has_its_columns_in_sight(alice)
    _press(alice, "Contacts", "nav")
    _create_chloe(alice)
    alice.goto("/contacts/")
    for fragment in FRAGMENTS:
        _search(alice, fragment, finds=1)
    _search(alice, "", finds=50)
    alice.is_accessible()
    _choose_columns(alice)
    _filter(alice)
    _export(alice, tmp_path)
    _give_to_bob(alice)
    assert alice.troubles == []


def _choose(person: Visitor, names: list[str]) -> None:
    for name in names:
        box = person.page.locator("[data-row]", has_text=name).locator("[name=ids]")
        box.check()
    expect(person.page.locator("[data-many].is-open")).to_be_visible()


def _give_to_bob(person: Visitor) -> None:
    """Give two contacts to somebody else, and take it back."""
    page = person.page
    person.goto("/contacts/?q=foule+prenom1")
    _choose(person, ["Prénom11", "Prénom12"])
    _press(person, "Change the responsible", "[data-many]")
    page.locator("dialog select").select_option(label="Bob Weber")
    person.is_accessible()
    _press(person, "Change the responsible", "dialog")
    expect(_rows(person)).to_have_count(8)  # what is Bob's is not for Alice to see
    _press(person, "Undo", "toast-stack")
    _press(person, "Undo it", "main")
    expect(page.locator("main .state-line")).to_contain_text(
        french("What it had changed is as it was before.")
    )
    person.is_accessible()
    person.goto("/contacts/?q=foule+prenom1")
    expect(page.locator("[data-row]", has_text="Alice Martin")).to_have_count(10)


def _tab_to(person: Visitor, target: Locator) -> None:
    """Walk by Tab until the focus is there."""
    person.page.wait_for_load_state()
    for _step in range(60):
        person.page.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"No way by keyboard to {target}")


def test_contacts_are_found_and_changed_by_keyboard_alone(
    browser: Browser, crowd: Running, tmp_path: Path
) -> None:
    alice = visitor(browser, crowd, DESKTOP)
    sign_in(alice, "alice")
    speak(alice, "fr")
    alice.goto("/contacts/")
    _walk_the_rows(alice)
    _give_one_to_bob_by_keys(alice)
    _open_by_letters(alice)
    _filter_and_export_by_keys(alice, tmp_path)
    assert alice.troubles == []


def _walk_the_rows(person: Visitor) -> None:
    """Search, go up and down, choose rows, and look into the menu of one without losing them."""
    page, key = person.page, person.page.keyboard
    key.press("/")
    key.type("foule prenom2")
    person.has_found("foule prenom2")
    expect(_rows(person)).to_have_count(10)
    key.press("Tab")
    for step, focused in (("j", 0), ("j", 1), ("k", 0)):
        key.press(step)
        expect(_rows(person).nth(focused)).to_be_focused()
    for step in ("x", "j", "x", "m"):
        key.press(step)
    menu = page.locator("[data-row] details[open]")
    expect(menu.locator(".menu__item").first).to_be_focused()
    page.evaluate("document.dispatchEvent(new Event('scroll'))")  # told late: it was before
    expect(menu).to_have_count(1)
    key.press("Escape")
    expect(menu).to_have_count(0)
    expect(page.locator(".many__count")).to_have_text(re.compile(r"^2 \w+$"))
    key.press("Escape")
    expect(page.locator("[data-many].is-open")).to_have_count(0)


def _give_one_to_bob_by_keys(person: Visitor) -> None:
    page, key = person.page, person.page.keyboard
    key.press("x")
    _tab_to(person, page.get_by_role("button", name=french("Change the responsible")))
    key.press("Enter")
    expect(page.locator("dialog select")).to_be_focused()
    key.type("Bob")
    _tab_to(person, page.locator("dialog [name=confirmed]"))
    key.press("Enter")
    expect(_rows(person)).to_have_count(9)  # what is Bob's is not for Alice to see


def _open_by_letters(person: Visitor) -> None:
    """Open a contact, edit it, begin a new one, and ask for help."""
    page, key = person.page, person.page.keyboard
    for letter, address in (("Enter", r"/contacts/\d+/$"), ("e", r"/edit/$"), ("n", r"/new/$")):
        person.goto("/contacts/?q=foule")
        key.press("j")
        key.press(letter)
        page.wait_for_url(re.compile(address))
    person.goto("/contacts/?q=foule+prenom3")
    key.press("?")
    expect(page.locator("[data-keys-help]")).to_be_visible()
    person.is_accessible()
    key.press("Escape")
    expect(page.locator("[data-keys-help]")).to_be_hidden()


def _filter_and_export_by_keys(person: Visitor, folder: Path) -> None:
    """Narrow what was found, keep that as a preset, and take it along for Excel."""
    page, key = person.page, person.page.keyboard
    _tab_to(person, page.locator(".list__filters"))
    key.press("Enter")
    _tab_to(person, page.locator("dialog label", has_text="Alice Martin").locator("input"))
    key.press("Space")
    key.press("Enter")
    expect(page.locator(".chip", has_text="Alice Martin")).to_be_visible()
    _tab_to(person, page.locator(".pill--tool"))
    key.press("Enter")
    expect(page.locator("#preset-name")).to_be_focused()
    key.type("Au clavier")
    key.press("Enter")
    expect(page.locator(".pill[aria-current]")).to_have_text("Au clavier")

    _tab_to(person, page.locator("main summary", has=page.get_by_role("img")).first)
    key.press("Enter")
    _tab_to(person, page.get_by_role("link", name=french("Export"), exact=True))
    key.press("Enter")
    _tab_to(person, page.locator("main [name=rows]:checked"))
    _tab_to(person, page.locator("main [name=format]:checked"))
    key.press("ArrowDown")
    with page.expect_download() as began:
        _tab_to(person, page.locator("main").get_by_role("button", name=french("Export")))
        key.press("Enter")
    assert began.value.suggested_filename.endswith(".xlsx")
    began.value.save_as(folder / "contacts.xlsx")
    with zipfile.ZipFile(folder / "contacts.xlsx") as sheets:
        parts = [sheets.read(name).decode() for name in sheets.namelist()]
    assert sum(part.count(">Foule<") for part in parts) == 10


def test_all_contacts_that_fit_are_changed_on_a_phone(
    browser: Browser, crowd: Running, tmp_path: Path
) -> None:
    alice = visitor(browser, crowd, PHONE, has_touch=True)
    sign_in(alice, "alice")
    page = alice.page
    speak(alice, "fr")
    alice.goto("/contacts/")
    _search(alice, "foule prenom1", finds=10)
    _hide_and_export_on_a_phone(alice, tmp_path)
    _search(alice, "foule", finds=50)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    total = page.locator("[data-total]").inner_text()
    _filter_and_keep_on_a_phone(alice)
    page.locator("[name=ids]").first.check()
    page.locator("[name=everything]").check()
    expect(page.locator(".many__count")).to_have_text(french("All that fit are chosen"))
    alice.is_accessible()
    _press(alice, "Change the contact type", "[data-many]")
    expect(page.locator("dialog .act__total")).to_contain_text(total)
    page.locator("dialog select").select_option("partner")
    _press(alice, "Change the contact type", "dialog")
    expect(page.locator("toast-stack")).to_contain_text(total)
    alice.goto("/contacts/?q=foule&type=partner")
    expect(page.locator("[data-total]")).to_have_text(total)
    assert alice.troubles == []


def _hide_and_export_on_a_phone(person: Visitor, folder: Path) -> None:
    """Take a column away from the rows that were found, and take the rows along without it."""
    page = person.page
    gear, phones = (
        page.get_by_label(french("Columns and more")).first,
        page.locator(".cell--phone"),
    )
    expect(phones.first).to_be_visible()
    gear.tap()
    _press(person, "Choose columns")
    page.locator("dialog [name=columns][value=phone]").uncheck()
    _press(person, "Keep these columns", "dialog")
    expect(phones).to_have_count(0)
    expect(_rows(person)).to_have_count(10)

    gear.tap()
    _press(person, "Export", "main details[open]")
    page.locator("main form [type=radio][value=filtered]").check()
    person.is_accessible()
    with page.expect_download() as began:
        page.locator("main").get_by_role("button", name=french("Export")).tap()
    began.value.save_as(folder / "foule.csv")
    assert (folder / "foule.csv").read_text(encoding="utf-8-sig").count("Foule") == 10
    person.goto("/contacts/?q=foule+prenom1")


def _filter_and_keep_on_a_phone(person: Visitor) -> None:
    """Narrow the list, keep that as a preset, come back by it, and forget it again."""
    page, pill = person.page, person.page.locator(".pill", has_text="En route")
    page.locator(".list__filters").tap()
    page.locator("dialog [name=type][value=client]").check()
    person.is_accessible()
    _press(person, "Show", "dialog", context="the rows that fit")
    expect(page.locator(".chip")).to_have_count(1)
    _press(person, "Keep as a preset", ".pills")
    page.locator("#preset-name").fill("En route")
    person.is_accessible()
    _press(person, "Save", "dialog")
    expect(pill).to_have_attribute("aria-current", "true")
    _press(person, "All", ".pills", context="all rows of a list")
    expect(page.locator(".chip")).to_have_count(0)
    pill.tap()
    expect(page.locator(".chip")).to_have_count(1)
    page.get_by_label(french("Columns and more")).first.tap()
    _press(person, "Presets", "main details[open]")
    forget = french("Delete the preset %(name)s") % {"name": "En route"}
    page.get_by_role("dialog").get_by_role("button", name=forget).tap()
    expect(pill).to_have_count(0)
    page.goto(f"{person.url}/contacts/?q=foule")
