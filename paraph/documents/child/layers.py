"""Makes layers plain: what is switched on becomes ordinary content, what is switched off goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Stream,
)

from paraph.kit.child.refusing import Refusal

_DEEPEST = 30
_MOST_FORMS = 20_000
# A hidden path is ended without paint, so that what follows is drawn as before.
_PATHS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_PAINTS = {"Do", "sh", "Tj", "TJ", "INLINE IMAGE"}
_LINES = {"'", '"'}
Instruction = ContentStreamInstruction | ContentStreamInlineImage


class Visibility:
    """Which layers a reader sees when the file is opened."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        properties = pdf.Root.get("/OCProperties")
        self.has_layers = isinstance(properties, Dictionary)
        is_told = isinstance(properties, Dictionary) and "/D" in properties
        default = properties.D if properties is not None and is_told else Dictionary()
        self._base_is_off = default.get("/BaseState") == Name.OFF
        self._on = _identities(default.get("/ON"))
        self._off = _identities(default.get("/OFF"))

    def shows(self, layer: Object | None, depth: int = 0) -> bool:
        """Tell whether content of a layer, or of a membership of layers, is seen."""
        if not isinstance(layer, Dictionary) or depth > _DEEPEST:
            return True
        if layer.get("/Type") == Name.OCMD:
            return self._shows_members(layer, depth)
        if self._base_is_off:
            return layer.objgen in self._on
        return layer.objgen not in self._off

    def _shows_members(self, membership: Object, depth: int) -> bool:
        expression = membership.get("/VE")
        if isinstance(expression, Array) and len(expression):
            return self._holds(expression, depth)
        members = membership.get("/OCGs")
        listed = list(members) if isinstance(members, Array) else [members]
        seen = [self.shows(each, depth + 1) for each in listed if isinstance(each, Dictionary)]
        policy: dict[str, Callable[[list[bool]], bool]] = {
            "/AllOn": all,
            "/AnyOff": lambda seen: not all(seen),
            "/AllOff": lambda seen: not any(seen),
        }
        return not seen or policy.get(str(membership.get("/P")), any)(seen)

    def _holds(self, expression: Object, depth: int) -> bool:
        if not isinstance(expression, Array):
            return self.shows(expression, depth + 1)
        if depth > _DEEPEST:
            return True
        operator, *operands = list(expression)
        seen = [self._holds(operand, depth + 1) for operand in operands]
        if operator == Name.Not:
            return not any(seen)
        return all(seen) if operator == Name.And else any(seen)


def make_plain(pdf: pikepdf.Pdf) -> set[str]:
    """Rewrite every content stream that knows layers; nothing to do where there are none."""
    visibility = Visibility(pdf)
    if not visibility.has_layers:
        return set()
    for page in pdf.pages:
        _plain_page(pdf, page, visibility)
    for form in _forms(pdf):
        _plain_form(form, visibility)
    return {"layers"}


def _plain_page(pdf: pikepdf.Pdf, page: pikepdf.Page, visibility: Visibility) -> None:
    resources = page.resources
    content = _plain(pikepdf.parse_content_stream(page), resources, visibility)
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))
    if "/Properties" in resources:
        del resources["/Properties"]


def _plain_form(form: Object, visibility: Visibility) -> None:
    if not visibility.shows(form.get("/OC")):
        _blank(form)
    elif form.get("/Subtype") == Name.Form:
        resources = form.get("/Resources", Dictionary())
        content = _plain(pikepdf.parse_content_stream(form), resources, visibility)
        form.write(pikepdf.unparse_content_stream(content))
        if "/Properties" in resources:
            del resources["/Properties"]
    if "/OC" in form:
        del form["/OC"]


def _blank(form: Object) -> None:
    """Leave a drawing that draws nothing, because pages still name it."""
    for key in list(form.keys()):
        del form[key]
    form.write(b"")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])


def _forms(pdf: pikepdf.Pdf) -> Iterator[Object]:
    """Yield every drawing and picture that pages use, also those inside others."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Object] = [page.resources for page in pdf.pages]
    while waiting:
        resources = waiting.pop()
        for drawing in dict(resources.get("/XObject", {})).values():
            if not isinstance(drawing, Stream) or drawing.objgen in seen:
                continue
            if len(seen) > _MOST_FORMS:
                raise Refusal("too-complex")
            seen.add(drawing.objgen)
            waiting += [drawing.Resources] if "/Resources" in drawing else []
            yield drawing


def _plain(
    content: Iterable[Instruction], resources: Object, visibility: Visibility
) -> list[Instruction]:
    """Return the instructions without layer marks, and without the paint of hidden ones."""
    kept: list[Instruction] = []
    open_marks: list[tuple[bool, bool]] = []  # (is of a layer, is shown)
    for instruction in content:
        name, mark = str(instruction.operator), None
        if name in {"BDC", "BMC"}:
            mark = _mark(instruction, resources, visibility)
            open_marks.append(mark)
        elif name == "EMC" and open_marks:
            mark = open_marks.pop()
        if mark and mark[0]:
            continue
        is_hidden = not all(shown for _is_layer, shown in open_marks)
        kept += _hidden(instruction) if is_hidden else [instruction]
    return kept


def _mark(
    instruction: Instruction, resources: Object, visibility: Visibility
) -> tuple[bool, bool]:
    operands = list(instruction.operands)
    if len(operands) != 2 or operands[0] != Name.OC:
        return False, True
    properties = resources.get("/Properties", Dictionary())
    return True, visibility.shows(properties.get(str(operands[1])))


def _hidden(instruction: Instruction) -> list[Instruction]:
    """Keep what later content depends on (position, state), without its paint."""
    name = str(instruction.operator)
    if name in _PATHS:
        return [ContentStreamInstruction([], Operator("n"))]
    if name in _LINES:
        return [ContentStreamInstruction([], Operator("T*"))]
    return [] if name in _PAINTS else [instruction]


def _identities(layers: Object | None) -> set[tuple[int, int]]:
    if not isinstance(layers, Array):
        return set()
    return {layer.objgen for layer in layers if isinstance(layer, Dictionary)}
