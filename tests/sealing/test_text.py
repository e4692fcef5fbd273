"""Setting text: lines, sizes, and letters that cannot be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraph.sealing import fonts, text
from paraph.sealing.prepare import embedded_font
from tests.sealing.papers import FONT

PEN = embedded_font(fonts.subset(FONT), number=1)


def test_a_short_value_keeps_its_size() -> None:
    setting = text.fit("Łódź", font=PEN, room=(200, 18), size=10)

    assert setting == text.Setting(["Łódź"], 10)


def test_a_long_value_breaks_where_there_is_room_for_lines() -> None:
    setting = text.fit("one two three four five six", font=PEN, room=(80, 60), size=10)

    assert setting.size == 10
    assert len(setting.lines) > 1
    assert " ".join(setting.lines) == "one two three four five six"


def test_a_long_value_shrinks_where_there_is_one_line() -> None:
    setting = text.fit("one two three four five six", font=PEN, room=(80, 12), size=10)

    assert setting.is_whole
    assert setting.size < 10


def test_what_does_not_fit_is_told() -> None:
    assert not text.fit("word " * 500, font=PEN, room=(80, 12), size=10).is_whole
    assert not text.fit("x" * 500, font=PEN, room=(80, 60), size=10).is_whole


@pytest.mark.parametrize(
    "words",
    [
        "Zażółć gęślą jaźń",
        "Garçon, œuvre, Noël",
        "Größe Straße",
        "Съешь же ещё",
        "Ξεσκεπάζω",
        "12 €",
    ],
)
def test_the_languages_of_our_users_can_be_written(words: str) -> None:
    assert text.unwritable(words, font=PEN) == ""


def test_letters_without_a_glyph_are_named_once() -> None:
    assert text.unwritable("a東b東\u0007", font=PEN) == "\u0007東"
    assert text.writable("a東b", font=PEN) == "a?b"


@given(st.text(max_size=80))
def test_any_text_can_be_set_once_it_is_writable(words: str) -> None:
    written = text.writable(words, font=PEN)

    setting = text.fit(written, font=PEN, room=(150, 60), size=10)

    assert "".join("".join(setting.lines).split()) == "".join(written.split())
    assert text.drawn(setting, font=PEN, resource="F", top=60).isascii()
