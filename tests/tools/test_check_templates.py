"""Templates: the content policy, the words, and whether they compile."""

from pathlib import Path

import pytest

from tests.tools.place import put, sentences
from tools import check_templates

PAGE = "paraph/desk/templates/desk/page.html"


def found(root: Path, source: str, *, name: str = PAGE) -> list[str]:
    put(root, name, source)
    return sentences(check_templates.violations(root))


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red"></p>',
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<button onclick="go()"></button>',
        '<button hx-on::after-request="go()"></button>',
        '<a href="javascript:go()"></a>',
    ],
)
def test_what_the_content_policy_would_drop_is_refused(tmp_path: Path, source: str) -> None:
    assert len(found(tmp_path, source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "<p>Send it</p>",
        '<img alt="A stamp">',
        '<c-button label="Send it" />',
        '{% include "x.html" with title="Send it" %}',
        '{{ name|default:"Nobody" }}',
        "{% block title %}Contacts{% endblock %}",
    ],
)
def test_words_that_no_translator_will_see_are_refused(tmp_path: Path, source: str) -> None:
    (sentence,) = found(tmp_path, source)

    assert sentence.endswith("is not translated.")


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% translate "Send it" %} · 3 — {{ count }}</p>',
        "{% blocktranslate %}Sent to {{ name }}{% endblocktranslate %}",
        "<c-button label=\"{% translate 'Send it' %}\" />",
        '<script src="desk.js" defer></script>',
        '<script type="application/json">{"rows": []}</script>',
        '{% url "x" as y %}{{ y|default:"/i18n/setlang/" }}<a title="a@example.org"></a>',
        "{# A note for the next editor #}{% comment %}and another{% endcomment %}",
        "<p>Paraph · PDF</p><code>paraph verify</code>",
        '<p translate="no">Alice Arnold</p>',
    ],
)
def test_pages_that_follow_the_rules_pass(tmp_path: Path, source: str) -> None:
    assert found(tmp_path, source) == []


def test_a_letter_may_carry_style_because_mail_programs_know_nothing_else(tmp_path: Path) -> None:
    name = "paraph/messaging/templates/messages/invitation/body.html"

    assert found(tmp_path, '<p style="color: red"></p>', name=name) == []


def test_the_gallery_may_show_made_up_names(tmp_path: Path) -> None:
    name = "paraph/desk/templates/desk/styleguide/lists.html"

    assert found(tmp_path, "<p>Frank Osei</p>", name=name) == []


def test_the_words_of_a_text_message_are_read_too(tmp_path: Path) -> None:
    name = "paraph/messaging/templates/messages/invitation/sms.txt"

    assert found(tmp_path, "Please sign", name=name) == ["“Please sign” is not translated."]


def test_the_line_is_the_one_where_the_words_stand(tmp_path: Path) -> None:
    put(tmp_path, PAGE, "{% comment %}\n\n{% endcomment %}\n<p>\n  Send it</p>\n")

    (violation,) = check_templates.violations(tmp_path)

    assert violation.line == 5


def test_a_template_that_does_not_compile_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "paraph/desk/templates/desk/no_such_template.html", "{% if %}")

    (violation,) = check_templates.broken(tmp_path)

    assert violation.sentence.startswith("does not compile")
