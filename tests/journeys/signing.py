"""How people sign in a browser: from the link to the sealed signature, place by place."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect

from paraph.config.demo.drawing import round_stamp
from tests.journeys.people import Postbox, Visitor

MOST_STEPS = 30
HAS_ITS_SIZE = "it => it.width === Math.round(it.clientWidth * devicePixelRatio)"
Give = Callable[[Locator], None]
Say = Callable[..., str]


def plainly(words: str, context: str = "") -> str:  # as other languages need it
    """Return what an English page says; ``people.french`` says it in French."""
    return words


def prove(
    person: Visitor, postbox: Postbox, *, at: str, about: str = "", say: Say = plainly
) -> None:
    """Follow the link that came to an address, ask for the code, and enter it."""
    person.goto(postbox.link(at, path="/s/", about=about))
    person.is_accessible(once="landing")
    person.press(say("Send me the code"))
    person.is_accessible(once="code")
    person.page.get_by_label(say("Code")).fill(postbox.code(at, about=about))
    person.press(say("Open the document"))
    person.page.wait_for_url("**/desk/")


def fill(person: Visitor, folder: Path, *, say: Say = plainly) -> None:
    """Go from place to place with *Next*, give each what it asks for, and stop before *Sign*."""
    person.press(say("Start", "begin with the first place"))
    for _step in range(MOST_STEPS):
        step = person.page.locator(".signing__step.is-open")
        kind, kept = step.get_attribute("data-kind"), step.locator("[value=saved]").count()
        person.is_accessible(once=f"step {kind} {kept}")
        if kind == "agree":
            return
        number = step.get_attribute("id")
        _give(step, folder)
        step.get_by_role("link", name=say("Next")).click()
        closed = person.page.locator(f"#{number}:not(.is-open)")
        closed.wait_for(state="attached")


def sign(person: Visitor, *, say: Say = plainly) -> None:
    """Accept, press *Sign*, and wait until the signature is sealed."""
    person.page.locator("#agree").check()
    person.press(say("Sign"))
    is_sealed(person, say=say)
    person.is_accessible(once="signed")


def is_sealed(person: Visitor, *, say: Say = plainly) -> None:
    """Wait until the page says that the signature is sealed."""
    person.page.wait_for_url("**/done/")
    said = "|".join(say(words) for words in ("You have signed", "Everybody has signed"))
    outcome = person.page.get_by_role("heading", name=re.compile(said))
    expect(outcome).to_be_visible()


def _give(step: Locator, folder: Path) -> None:
    """Give a place what it asks for; what lies on file is one press of *Next* away."""
    if step.locator("[value=saved]").count():
        return
    kind = step.get_attribute("data-kind") or ""
    given: dict[str, Give] = {
        "stamp": lambda place: _upload_stamp(place, folder),
        "signature": draw,
        "text": lambda place: place.get_by_role("textbox").fill("Ève Martin, gérante"),
        "checkbox": lambda place: place.get_by_role("checkbox").check(),
    }
    if kind in given:  # a date comes filled in
        given[kind](step)


def _upload_stamp(step: Locator, folder: Path) -> None:
    stamp = folder / "stamp.png"
    stamp.write_bytes(round_stamp("Martin", "Paris"))
    step.locator("input[type=file]").set_input_files(stamp)


def draw(step: Locator) -> None:
    """Draw something like a name into the signature's canvas."""
    canvas, mouse = step.locator("canvas"), step.page.mouse
    canvas.wait_for()
    step.page.wait_for_function(HAS_ITS_SIZE, arg=canvas.element_handle())
    box = canvas.bounding_box()
    assert box is not None
    mouse.move(box["x"] + 40, box["y"] + 60)
    mouse.down()
    for move in range(24):
        mouse.move(box["x"] + 40 + 7 * move, box["y"] + 60 + (move % 5) * 8)
    mouse.up()
