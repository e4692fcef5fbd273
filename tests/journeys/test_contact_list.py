"""The list of contacts in a browser, in French: created, found, kept, changed, by mouse."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.contacts import press, rows, search
from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, Visitor, french, sign_in, speak, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CHLOE = {
    "last_name": "Bélanger",
    "first_name": "Chloé",
    "phone": "06 12 77 88 01",
    "email": "chloe@atelier-rivage.example",
}
FRAGMENTS = ("belang", "CHLOE", "77 88", "rivage.ex")


def _has_its_columns_in_sight(person: Visitor) -> None:
    person.goto("/contacts/?q=foule")
    table = person.page.locator(".table-wrap")
    assert table.evaluate("it => it.scrollWidth <= it.clientWidth"), "Columns out of sight"


def _create_chloe(person: Visitor) -> None:
    """Send the form with one value more each time: the rest is asked for, nothing is lost."""
    page = person.page
    press(person, "New contact", "main")
    for missing, (name, value) in enumerate(CHLOE.items()):
        press(person, "Create contact", "main")
        for later in list(CHLOE)[missing:]:
            field = page.locator(f".field:has([name={later}][aria-invalid=true])")
            expect(field.locator(".field__error")).to_have_text(re.compile(r"\w+ \w+.*\."))
        for earlier in list(CHLOE)[:missing]:
            expect(page.locator(f"[name={earlier}]")).to_have_value(CHLOE[earlier])
        page.locator(f"[name={name}]").fill(value)
    person.is_accessible()
    press(person, "Create contact", "main")
    expect(page.locator("h1")).to_have_text("Chloé Bélanger")


def _choose_columns(person: Visitor) -> None:
    """Take a column away, show another one; both stay so."""
    page = person.page
    page.locator("main summary", has=page.get_by_role("img")).first.click()
    press(person, "Choose columns")
    page.locator("dialog [name=columns][value=email]").uncheck()
    page.locator("dialog [name=columns][value=language]").check()
    person.is_accessible()
    press(person, "Keep these columns", "dialog")
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
    press(person, "Show", "dialog", context="the rows that fit")
    chips = page.locator(".chip")
    expect(chips).to_have_count(2)
    chips.filter(has_text=french("Language")).get_by_role("link").click()
    expect(chips).to_have_count(1)
    press(person, "Keep as a preset", ".pills")
    page.locator("#preset-name").fill("Nos clients")
    press(person, "Save", "dialog")
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
    press(person, "Export", "main details[open]")
    page.locator("main form [type=radio][value=filtered]").check()
    with page.expect_download() as began:
        press(person, "Export", "main")
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
    press(alice, "Contacts", "nav")
    _create_chloe(alice)
    alice.goto("/contacts/")
    for fragment in FRAGMENTS:
        search(alice, fragment, finds=1)
    search(alice, "", finds=50)
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
    press(person, "Change the responsible", "[data-many]")
    page.locator("dialog select").select_option(label="Bob Weber")
    person.is_accessible()
    press(person, "Change the responsible", "dialog")
    expect(rows(person)).to_have_count(8)  # what is Bob's is not for Alice to see
    press(person, "Undo", "toast-stack")
    press(person, "Undo it", "main")
    expect(page.locator("main .state-line")).to_contain_text(
        french("What it had changed is as it was before.")
    )
    person.is_accessible()
    person.goto("/contacts/?q=foule+prenom1")
    expect(page.locator("[data-row]", has_text="Alice Martin")).to_have_count(10)
