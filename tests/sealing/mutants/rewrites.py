"""The whole file written anew by another program, with something changed on the way."""

import io
from collections.abc import Callable, Iterator

import pikepdf

from tests.sealing.mutants.mutant import Attack, Forgery

Edit = Callable[[pikepdf.Pdf], None]


def rewrites() -> Iterator[Attack]:
    """Every change that a PDF editor makes when it saves the file anew."""
    yield Attack("rewritten-unchanged", _saved(lambda opened: None))
    yield Attack("rewritten-linearized", _saved(lambda opened: None, linearize=True))
    for title, old, new, gone, come in _REPLACEMENTS:
        yield Attack(f"rewritten-{title}", _saved(_replaced(old, new)), gone, come)
    yield Attack("rewritten-last-page-removed", _saved(_last_removed))
    yield Attack("rewritten-reordered", _saved(lambda opened: opened.pages.reverse()))
    yield Attack("rewritten-turned", _saved(_turned))
    yield Attack("rewritten-emptied", _saved(_emptied))
    yield Attack("rewritten-form-removed", _saved(_without_form))
    yield Attack("rewritten-value", _saved(_with_value))
    yield Attack("rewritten-scripted", _saved(_scripted))
    yield Attack("rewritten-attached", _saved(_attached))


_REPLACEMENTS = (
    ("amount", b"1 200,00 EUR", b"9 200,00 EUR", "1 200,00 EUR", "9 200,00 EUR"),
    ("longer", b"1 200,00 EUR", b"1 200 000,00 EUR", "1 200,00 EUR", "1 200 000,00 EUR"),
    ("term", b"30 days", b"90 days", "30", "90"),
    ("sentence", b"Payment is due within 30 days.", b"", "Payment is due within 30 days.", ""),
)


def _saved(edit: Edit, *, linearize: bool = False) -> Forgery:
    def forged(pdf: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            edit(opened)
            opened.save(out, linearize=linearize, deterministic_id=not linearize)
        return out.getvalue()

    return forged


def _replaced(old: bytes, new: bytes) -> Edit:
    def edit(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0]
        page.contents_coalesce()
        page.obj.Contents.write(page.obj.Contents.read_bytes().replace(old, new))

    return edit


def _last_removed(opened: pikepdf.Pdf) -> None:
    del opened.pages[-1]


def _turned(opened: pikepdf.Pdf) -> None:
    opened.pages[0].rotate(180, relative=True)


def _emptied(opened: pikepdf.Pdf) -> None:
    opened.pages[2].obj.Contents = opened.make_stream(b"")


def _without_form(opened: pikepdf.Pdf) -> None:
    del opened.Root.AcroForm
    for page in opened.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots


def _with_value(opened: pikepdf.Pdf) -> None:
    for each in opened.Root.AcroForm.Fields:
        if each.get("/FT") == pikepdf.Name.Tx:
            each.V = pikepdf.String("Rome")


def _scripted(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _attached(opened: pikepdf.Pdf) -> None:
    opened.attachments["x.txt"] = b"x"
