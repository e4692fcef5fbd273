"""Catalogues: every marked text is found, kept when translated, and compiled."""

import gettext
from pathlib import Path

from tests.tools.place import put
from tools.compile_messages import compile_catalogues
from tools.extract_messages import Found, collect, in_python, in_template, lacking, merge


def test_python_texts_are_found_with_plural_and_context() -> None:
    source = '_("Send" " it")\nngettext("%d page", "%d pages", n)\npgettext_lazy("month", "May")\n'

    assert list(in_python(source)) == [
        Found("Send it", None, None),
        Found("%d page", "%d pages", None),
        Found("May", None, "month"),
    ]


def test_template_texts_are_found_in_tags_blocks_and_attributes() -> None:
    source = """{% translate "Don't" %}<c-x label="{% translate 'Send' context 'verb' %}" />
    {% blocktranslate count n=n trimmed %}One of
      {{ all }}{% plural %}{{ n }} of {{ all }}{% endblocktranslate %}{{ _("Later")|upper }}"""

    assert list(in_template(source)) == [
        Found("Don't", None, None),
        Found("Send", None, "verb"),
        Found("One of %(all)s", "%(n)s of %(all)s", None),
        Found("Later", None, None),
    ]


def test_what_was_translated_survives_the_next_collection(tmp_path: Path) -> None:
    module = put(tmp_path, "paraph/one.py", '_("Send")\n')
    merge(collect(tmp_path), language="fr", folder=tmp_path)
    catalogue = tmp_path / "fr/LC_MESSAGES/django.po"
    translated = catalogue.read_text().replace('"Send"\nmsgstr ""', '"Send"\nmsgstr "Envoyer"')
    catalogue.write_text(translated)

    module.write_text('_("Send")\n_("Sign")\n')
    waiting = merge(collect(tmp_path), language="fr", folder=tmp_path)

    assert waiting == 1
    assert lacking(collect(tmp_path), language="fr", folder=tmp_path) == ["Sign"]
    assert 'msgstr "Envoyer"' in catalogue.read_text()


def test_a_compiled_catalogue_speaks_the_language(tmp_path: Path) -> None:
    put(tmp_path, "fr/LC_MESSAGES/django.po", 'msgid "Send"\nmsgstr "Envoyer"\n')

    (compiled,) = compile_catalogues(tmp_path)

    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Send") == "Envoyer"
