"""Whether the signatures that a file came with allow another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf

# Form fields nest a few levels; a damaged file may loop.
DEEPEST = 16
NO_CHANGES = 1


class ForbidsSigning(ValueError):
    """A signature in the file forbids every later one."""


def refuse_forbidden(pdf: Pdf, *, with_marks: bool = True) -> None:
    """Raise ``ForbidsSigning`` when the file must stay as it is.

    In a certified file new signatures are allowed, but not to be seen: a new visible field
    breaks the certification.
    """
    if pdf.is_encrypted:
        raise ForbidsSigning("The file is encrypted.")
    if is_damaged(pdf):
        raise ForbidsSigning("The file is damaged.")
    for field in signed_fields(pdf):
        rules = [field.get("/Lock"), *_parameters(field["/V"])]
        if any(_forbids(rule) for rule in rules if isinstance(rule, Dictionary)):
            raise ForbidsSigning(f"The signature in {field.get('/T', '')} allows no other.")
    permissions = pdf.Root.get("/Perms")
    if with_marks and isinstance(permissions, Dictionary) and "/DocMDP" in permissions:
        raise ForbidsSigning("The file is certified and takes no new visible signature.")


def is_damaged(pdf: Pdf) -> bool:
    """Whether a signed file is of no use: to mend it would break its signatures."""
    return bool(pdf.check_pdf_syntax() or pdf.get_warnings())


def signed_fields(pdf: Pdf) -> Iterator[Object]:
    """Every signature field that has been signed."""
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        for field in _leaves(form.get("/Fields"), depth=0, inherited=None):
            if isinstance(field.get("/V"), Dictionary):
                yield field


def _leaves(fields: object, *, depth: int, inherited: object) -> Iterator[Object]:
    if not isinstance(fields, Array) or depth > DEEPEST:
        return
    for field in _dictionaries(fields):
        kind = field.get("/FT", inherited)
        if kind == Name.Sig:
            yield field
        yield from _leaves(field.get("/Kids"), depth=depth + 1, inherited=kind)


def _parameters(signature: Object) -> Iterator[object]:
    """The rules that a signature sets: DocMDP for the whole file, FieldMDP for fields."""
    references = signature.get("/Reference")
    if isinstance(references, Array):
        for reference in _dictionaries(references):
            yield reference.get("/TransformParams")


def _forbids(rule: Object) -> bool:
    """P 1 forbids every change; to lock all fields, or all but some, takes in new ones too."""
    locks_new_fields = rule.get("/Action") in (Name.All, Name.Exclude)
    return rule.get("/P") == NO_CHANGES or locks_new_fields


def _dictionaries(array: Iterable[object]) -> Iterator[Object]:
    for item in array:
        if isinstance(item, Dictionary):
            yield item
