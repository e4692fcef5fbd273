"""Adobe's rules, checked object by object: after the first signature a revision fills and signs
fields that exist, stores what validators need, and touches nothing else.

Reads with pikepdf, not with what wrote the file, and knows nothing of how Paraph writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

Number = tuple[int, int]

FILLING = {"/V", "/AP", "/AS"}
CONTAINERS = {"/XRef", "/ObjStm"}
TIME_STAMP = "/ETSI.RFC3161"


class Snapshot:
    """A revision as a file of its own: its objects by number, and its form."""

    def __init__(self, content: bytes) -> None:
        self._pdf = pikepdf.open(BytesIO(content), attempt_recovery=False)
        self.root, self.trailer = self._pdf.Root, self._pdf.trailer
        self.objects = {
            one.objgen: one
            for one in self._pdf.objects
            if isinstance(one, Object) and not _is_container(one)
        }

    @cached_property
    def prints(self) -> Mapping[Number, str]:
        """What each object says, as one figure."""
        return {number: _print(one) for number, one in self.objects.items()}

    @cached_property
    def fields(self) -> Mapping[Number, Object]:
        """The form's fields; ours have no kids, and those of others are followed."""
        form = self.root.get("/AcroForm", Dictionary())
        return dict(_flat(form.get("/Fields", Array())))

    @cached_property
    def signed(self) -> Mapping[str, Object]:
        """The signature dictionaries by the names of their fields."""
        return {
            str(field["/T"]): field["/V"]
            for field in self.fields.values()
            if field.get("/FT") == Name.Sig and "/V" in field
        }

    @property
    def store(self) -> Number | None:
        """The number of the security store."""
        store = self.root.get("/DSS")
        return store.objgen if store is not None else None


@dataclass(frozen=True)
class Step:
    """One revision after another, and what its one new signature allows."""

    before: Snapshot
    after: Snapshot
    locked: frozenset[str]
    is_closed: bool
    lays_out: bool

    @property
    def signs(self) -> Sequence[str]:
        """The fields that are signed now and were not before."""
        return [name for name in self.after.signed if name not in self.before.signed]

    @property
    def is_stamp(self) -> bool:
        """Whether only time is stamped."""
        signature = self.after.signed[self.signs[0]]
        return str(signature["/SubFilter"]) == TIME_STAMP

    @cached_property
    def changed(self) -> list[Number]:
        """The objects that say something else now."""
        old, new = self.before.prints, self.after.prints
        return [number for number in old if number in new and old[number] != new[number]]

    @cached_property
    def added(self) -> set[Number]:
        """The objects that were not there before."""
        return self.after.objects.keys() - self.before.objects.keys()


def forbidden_changes(content: bytes, *, brought: int = 0) -> Iterator[str]:
    """Everything in a file that no revision after the first signature may do.

    An upload that ``brought`` signatures gets empty signature fields with the first revision
    of ours; nothing else of it may change.
    """
    whole = Snapshot(content)
    ends = sorted(_end(signature) for signature in whole.signed.values())
    if not ends or ends[-1] != len(content):
        yield "something follows the last signature"
    revisions = [brought] * bool(brought) + [end for end in ends if end > brought]
    before = Snapshot(content[: revisions[0]])
    if not brought:
        yield from _not_certified(before)
    locked, is_closed = frozenset[str](), False
    for number, end in enumerate(revisions[1:], start=1):
        after = Snapshot(content[:end])
        step = Step(before, after, locked, is_closed, lays_out=bool(brought) and number == 1)
        yield from (f"revision {number}: {what}" for what in _forbidden_in(step))
        for name in step.signs:
            locks, closes = _locks(after.signed[name])
            locked, is_closed = locked | locks, is_closed or closes
        before = after


def _not_certified(first: Snapshot) -> Iterator[str]:
    certifying = first.root.get("/Perms", Dictionary()).get("/DocMDP")
    if certifying is None or len(first.signed) != 1:
        yield "the first signature does not certify the file"
    elif int(certifying["/Reference"][0]["/TransformParams"]["/P"]) != 2:
        yield "the certification permits something else than filling and signing"


def _forbidden_in(step: Step) -> Iterator[str]:
    before, after = step.before, step.after
    if len(step.signs) != 1:
        yield f"{len(step.signs)} fields are signed at once"
        return
    yield from _other_file(before, after)
    for number in step.changed:
        yield from _forbidden_at(number, step)
    if orphans := step.added - set(_reached(step)):
        yield f"{len(orphans)} new objects belong to nothing that may change"
    if not step.lays_out and before.fields.keys() != after.fields.keys():
        yield "there are other fields than before"


def _other_file(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """What makes it another file than the one that was signed."""
    if gone := before.objects.keys() - after.objects.keys():
        yield f"{len(gone)} objects are gone"
    for key in ("/Root", "/Info"):
        if _reference(before.trailer.get(key)) != _reference(after.trailer.get(key)):
            yield f"the trailer has another {key}"
    if "/ID" in before.trailer and before.trailer["/ID"][0] != after.trailer["/ID"][0]:
        yield "the file has another identity"


def _forbidden_at(number: Number, step: Step) -> Iterator[str]:
    old, new = step.before.objects[number], step.after.objects[number]
    if number == step.before.root.objgen:
        allowed = {"/DSS"} | ({"/AcroForm"} if step.lays_out else set())
        if other := _differing(old, new) - allowed:
            yield f"the catalog has other {', '.join(sorted(other))}"
    elif number in step.before.fields:
        yield from _forbidden_in_field(old, new, step)
    elif number == step.before.store:
        yield from _lost_from_store(old, new)
    elif not (step.lays_out and _only_takes_fields(old, new, step)):
        yield f"object {number[0]} ({_kind(old)}) is another one"


def _forbidden_in_field(old: Object, new: Object, step: Step) -> Iterator[str]:
    name, (signs,) = str(old.get("/T", "?")), step.signs
    if other := _differing(old, new) - FILLING:
        yield f"the field {name} has other {', '.join(sorted(other))}"
    if old.get("/FT") == Name.Sig and "/V" in old:
        yield f"the field {name} is signed once more"
    if name == signs:
        return
    if name in step.locked or step.is_closed:
        yield f"the locked field {name} is changed"
    elif step.is_stamp or name not in _locks(step.after.signed[signs])[0]:
        yield f"the field {name} is changed by a signature that does not speak for it"


def _lost_from_store(old: Object, new: Object) -> Iterator[str]:
    for key in ("/Certs", "/OCSPs", "/CRLs"):
        lost = set(map(_reference, old.get(key, Array()))) - set(
            map(_reference, new.get(key, Array()))
        )
        if lost:
            yield f"the security store has lost {len(lost)} of its {key}"
    if lost_entries := old.get("/VRI", Dictionary()).keys() - new.get("/VRI", Dictionary()).keys():
        yield f"the security store has lost {len(lost_entries)} entries"


def _only_takes_fields(old: Object, new: Object, step: Step) -> bool:
    """Whether a form, a page or an array merely gets new signature fields."""
    if isinstance(old, Array):
        return _takes_fields(old, new, step)
    if not isinstance(old, Dictionary):
        return False
    for key in _differing(old, new) - {"/SigFlags"}:
        if key not in ("/Fields", "/Annots") or not _takes_fields(old.get(key), new[key], step):
            return False
    return True


def _takes_fields(old: Object | None, new: Object, step: Step) -> bool:
    kept = list(map(_reference, old)) if old is not None else []
    now = list(map(_reference, new))
    fields = {
        f"{number[0]} {number[1]} R"
        for number in step.added
        if step.after.objects[number].get("/FT") == Name.Sig
    }
    return now[: len(kept)] == kept and set(now[len(kept) :]) <= fields


def _reached(step: Step) -> Iterator[Number]:
    """The new objects that hang on changed ones."""
    waiting: list[Object] = [step.after.objects[number] for number in step.changed]
    seen: set[Number] = set()
    while waiting:
        for child in _children(waiting.pop()):
            if not child.is_indirect:
                waiting.append(child)
            elif child.objgen in step.added and child.objgen not in seen:
                seen.add(child.objgen)
                waiting.append(child)
                yield child.objgen


def _children(one: Object) -> list[Object]:
    if isinstance(one, Array):
        return [child for child in one if isinstance(child, Object)]
    if isinstance(one, Dictionary | Stream):
        return [child for _, child in one.items() if isinstance(child, Object)]
    return []


def _locks(signature: Object) -> tuple[frozenset[str], bool]:
    """The fields that a signature freezes, and whether it closes the file."""
    names: set[str] = set()
    closes = False
    for reference in signature.get("/Reference", Array()):
        parameters = reference.get("/TransformParams", Dictionary())
        closes = closes or (
            reference.get("/TransformMethod") == Name.FieldMDP and parameters.get("/P") == 1
        )
        names |= {str(name) for name in parameters.get("/Fields", Array())}
    return frozenset(names), closes


def _flat(fields: Object) -> Iterator[tuple[Number, Object]]:
    for field in fields:
        yield field.objgen, field
        yield from _flat(field.get("/Kids", Array()))


def _differing(old: Object, new: Object) -> set[str]:
    keys = set(old.keys()) | set(new.keys())
    return {key for key in keys if _reference(old.get(key)) != _reference(new.get(key))}


def _reference(one: Object | None) -> str:
    """What stands in the place of an object: a reference, or the thing itself."""
    if isinstance(one, Object) and one.is_indirect:
        return f"{one.objgen[0]} {one.objgen[1]} R"
    return one.unparse().decode("latin-1") if isinstance(one, Object) else repr(one)


def _print(one: Object) -> str:
    written = hashlib.sha256(one.unparse(resolved=True) if not isinstance(one, Stream) else b"")
    if isinstance(one, Stream):
        written.update(one.stream_dict.unparse(resolved=True))
        written.update(one.read_raw_bytes())
    return written.hexdigest()


def _end(signature: Object) -> int:
    numbers = [int(number) for number in signature["/ByteRange"]]
    return numbers[2] + numbers[3]


def _kind(one: Object) -> str:
    kind = one.get("/Type") if isinstance(one, Dictionary | Stream) else None
    return str(kind) if kind is not None else type(one).__name__


def _is_container(one: Object) -> bool:
    return isinstance(one, Stream) and str(one.get("/Type", "")) in CONTAINERS
