"""What was changed, in plain sentences: English here, translated where pages show them."""

from paraph.sealing.report import Change


def _(sentence: str) -> str:
    """Mark a sentence for the translators."""
    return sentence


_WORDS_ADDED = _("Page %(page)s: “%(after)s” was added.")
_WORDS_GONE = _("Page %(page)s: “%(before)s” was removed or covered.")
_WORDS_CHANGED = _("Page %(page)s: “%(before)s” became “%(after)s”.")

_OTHERS = {
    "amount": _("Page %(page)s: the amount %(before)s became %(after)s."),
    "hidden-text": _("Page %(page)s: words were added that nobody sees: “%(after)s”."),
    "picture": _("Page %(page)s: a picture was changed."),
    "appearance": _("Page %(page)s: something is drawn differently, without other words."),
    "page-added": _("Page %(page)s was added."),
    "page-removed": _("Page %(page)s of the signed file was removed."),
    "page-moved": _("Page %(before)s of the signed file is page %(after)s now."),
    "page-turned": _("Page %(page)s was turned, from %(before)s to %(after)s."),
    "page-size": _("Page %(page)s shows another part: %(before)s became %(after)s."),
    "title": _("The title of the file was “%(before)s” and is “%(after)s” now."),
    "attachments": _("Attached files: %(before)s before, %(after)s now."),
    "scripts": _("Scripts: %(before)s before, %(after)s now."),
}


def sentence_for(change: Change) -> str:
    """Return the sentence for a change, with places for page, before and after."""
    if change.kind in _OTHERS:
        return _OTHERS[change.kind]
    if not change.before:
        return _WORDS_ADDED
    return _WORDS_CHANGED if change.after else _WORDS_GONE


def told(change: Change) -> str:
    """Say a change in English."""
    words = {"page": change.page, "before": change.before, "after": change.after}
    return sentence_for(change) % words
