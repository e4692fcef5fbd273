"""Values and looks of form fields changed after their party had signed for them."""

from collections.abc import Callable, Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, BooleanObject, DictionaryObject, NumberObject

from tests.sealing import forge
from tests.sealing.mutants.mutant import Attack, Change, by_update
from tests.sealing.mutants.tools import (
    Writer,
    dictionary,
    field,
    look,
    name,
    numbers,
    page,
    signed_fields,
)

SIGNED_FOR = "director_place"


def fields() -> Iterator[Attack]:
    """Every way of changing what a party entered."""
    filled = forge.filled
    yield Attack("value", lambda pdf: filled(pdf, "Rome", field=SIGNED_FOR), "Paris", "Rome")
    yield by_update("value-alone", _field(_value("Rome")), gone="Paris", come="Rome")
    yield by_update("value-emptied", _field(_emptied), gone="Paris")
    yield by_update("look-alone", _field(_look), come="Rome")
    yield by_update("look-in-place", _look_in_place)
    yield by_update("default-value", _field(_with("/DV", generic.pdf_string("Rome"))))
    yield by_update("flags", _field(_with("/Ff", NumberObject(0))))
    yield by_update("moved", _field(_with("/Rect", numbers(72, 690, 300, 720))))
    yield by_update("renamed", _field(_with("/T", generic.pdf_string("other"))))
    yield by_update("action", _field(_with("/A", _script())))
    yield by_update("field-removed", _removed)
    yield by_update("field-added", _added)


def signatures_in_form() -> Iterator[Attack]:
    """Signature fields emptied, exchanged, or unlocked."""
    yield Attack("form-removed", forge.without_signatures)
    yield by_update("signature-emptied", _signature(_without_value))
    yield by_update("signatures-exchanged", _exchanged)
    yield by_update("signature-null", _signature(_with("/V", generic.NullObject())))
    yield by_update("signature-unlocked", _signature(_without_lock))
    yield by_update("signature-dictionary-replaced", _signature(_renamed_signer))
    yield by_update("fields-emptied", _all_fields_removed)
    yield by_update("needs-appearances", _form("/NeedAppearances", BooleanObject(True)))
    yield by_update("xfa", _form("/XFA", generic.pdf_string("<xdp/>")))
    yield by_update("form-script", _form("/CO", ArrayObject()))
    yield by_update("sign-flags", _form("/SigFlags", NumberObject(0)))


Edit = Callable[[Writer, DictionaryObject], None]


def _field(edit: Edit) -> Change:
    def forged(writer: Writer) -> None:
        chosen = field(writer, SIGNED_FOR)
        edit(writer, chosen)
        writer.update_container(chosen)

    return forged


def _signature(edit: Edit) -> Change:
    def forged(writer: Writer) -> None:
        chosen = signed_fields(writer)[0]
        edit(writer, chosen)
        writer.update_container(chosen)

    return forged


def _with(key: str, value: generic.PdfObject) -> Edit:
    def edit(_writer: Writer, chosen: DictionaryObject) -> None:
        chosen[name(key)] = value

    return edit


def _value(words: str) -> Edit:
    return _with("/V", generic.pdf_string(words))


def _emptied(_writer: Writer, chosen: DictionaryObject) -> None:
    chosen[name("/V")] = generic.pdf_string("")
    chosen.pop(name("/AP"), None)


def _look(writer: Writer, chosen: DictionaryObject) -> None:
    chosen[name("/AP")] = dictionary(N=writer.add_object(_rome()))


def _rome() -> generic.StreamObject:
    helvetica = dictionary(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"))
    made = look(b"BT /Helv 12 Tf 2 4 Td (Rome) Tj ET", width=150, height=20)
    made[name("/Resources")] = dictionary(Font=dictionary(Helv=helvetica))
    return made


def _look_in_place(writer: Writer) -> None:
    """The same object, with other instructions in it."""
    shown = field(writer, SIGNED_FOR)["/AP"]["/N"]
    shown._data = b"0 0 150 20 re f"
    shown._encoded_data = None
    shown.pop(name("/Filter"), None)
    writer.update_container(shown)


def _script() -> DictionaryObject:
    return dictionary(S=name("/JavaScript"), JS=generic.pdf_string("app.alert(1)"))


def _removed(writer: Writer) -> None:
    form = writer.root["/AcroForm"]
    kept = [each for each in form["/Fields"] if each.get_object()["/T"] != SIGNED_FOR]
    form[name("/Fields")] = ArrayObject(_references(form["/Fields"], kept))
    writer.update_container(form)


def _references(fields: ArrayObject, kept: list[object]) -> Iterator[generic.PdfObject]:
    for index, each in enumerate(fields):
        if each in kept:
            yield fields.raw_get(index)


def _added(writer: Writer) -> None:
    made = dictionary(
        Type=name("/Annot"),
        Subtype=name("/Widget"),
        FT=name("/Tx"),
        T=generic.pdf_string("more"),
        V=generic.pdf_string("9 200,00 EUR"),
        Rect=numbers(72, 620, 300, 640),
        F=NumberObject(4),
        AP=dictionary(N=writer.add_object(_rome())),
    )
    reference = writer.add_object(made)
    writer.root["/AcroForm"]["/Fields"].append(reference)
    page(writer, 1)["/Annots"].append(reference)
    writer.update_container(writer.root["/AcroForm"])
    writer.update_container(page(writer, 1))


def _without_value(_writer: Writer, chosen: DictionaryObject) -> None:
    del chosen["/V"]


def _without_lock(_writer: Writer, chosen: DictionaryObject) -> None:
    chosen[name("/Lock")] = dictionary(Type=name("/SigFieldLock"), Action=name("/All"))


def _renamed_signer(writer: Writer, chosen: DictionaryObject) -> None:
    copy = DictionaryObject(chosen["/V"])
    copy[name("/Name")] = generic.pdf_string("Somebody Else")
    chosen[name("/V")] = writer.add_object(copy)


def _exchanged(writer: Writer) -> None:
    first, second = signed_fields(writer)[:2]
    values = first.raw_get("/V"), second.raw_get("/V")
    first[name("/V")], second[name("/V")] = values[1], values[0]
    writer.update_container(first)
    writer.update_container(second)


def _all_fields_removed(writer: Writer) -> None:
    writer.root["/AcroForm"][name("/Fields")] = ArrayObject()
    writer.update_container(writer.root["/AcroForm"])


def _form(key: str, value: generic.PdfObject) -> Change:
    def forged(writer: Writer) -> None:
        writer.root["/AcroForm"][name(key)] = value
        writer.update_container(writer.root["/AcroForm"])

    return forged
