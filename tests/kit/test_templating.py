"""Templates: what is written out beforehand is what would have been drawn each time."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.utils.translation import override

OPTIONS: Any = settings.TEMPLATES[0]["OPTIONS"]
PLAIN = "django_cotton.cotton_loader.Loader"
OURS = "paraph.kit.templating.loader.Loader"
ICONS = (
    '<c-icon name="plus" />',
    '<c-icon name="x" small label="A & B" />',
    '<c-icon name="sun" large="1" small="" />',
    """<c-icon name="moon" label="{% translate 'Close' %}" />""",
    '<c-icon name="{% if one == two %}check{% else %}x{% endif %}" small />',
    '<c-icon name="{{ one }}" label="{{ two }}" />',
    '<c-icon name="x" small="{{ one }}" />',
    '<c-icon name="x" label="{% blocktranslate %}Remove {{ one }}{% endblocktranslate %}" />',
)


def _drawn(source: str, folder: Path, *, loader: str) -> str:
    (folder / "page.html").write_text(source)
    engine = Engine(dirs=[str(folder)], loaders=[loader], builtins=OPTIONS["builtins"])
    found = engine.get_template("page.html")
    return found.render(Context({"one": "<b>", "two": ""})).strip()


@pytest.mark.parametrize("icon", ICONS)
def test_an_icon_looks_as_its_component_draws_it(icon: str, tmp_path: Path) -> None:
    with override("pl"):
        drawn = {_drawn(icon, tmp_path, loader=loader) for loader in (PLAIN, OURS)}

    assert len(drawn) == 1
    assert "<svg" in drawn.pop()


def test_addresses_of_files_are_written_out(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{% static 'desk.css' %}")
    engine = Engine(dirs=[str(tmp_path)], loaders=[OURS], builtins=OPTIONS["builtins"])

    assert engine.get_template("page.html").source == "/static/desk.css"


def test_words_follow_the_language_of_each_reader() -> None:
    engine = Engine(builtins=OPTIONS["builtins"])
    words = engine.from_string('{% translate "Close" %} {% translate said %}')
    seen = {}

    for language in ("en", "fr", "pl", "en", "fr"):
        with override(language):
            seen[language] = words.render(Context({"said": "Search"}))

    assert seen["en"] == "Close Search"
    assert len(set(seen.values())) == 3
