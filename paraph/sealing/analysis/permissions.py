"""Whether what was added after a signature is what its signer allowed."""

from collections.abc import Iterable

from lxml import etree
from pyhanko.pdf_utils.generic import DictionaryObject, PdfObject, Reference, StreamObject
from pyhanko.pdf_utils.misc import IndirectObjectExpected
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm
from pyhanko.sign.validation.status import SignatureCoverageLevel

from paraph.sealing.analysis.document import Signature
from paraph.sealing.report import Changes

Review = DiffResult | SuspiciousModification
_PROOFS = ModificationLevel.LTA_UPDATES

_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_ALWAYS_FREE = frozenset({"/Type"})

# An appearance stream replaced in place changes what is shown while the field stays the same:
# the way of the shadow attacks on forms. Honest writers add a new stream. The flags of a field
# that a signature locks are locked as well: they tell whether it may be written into again.
_FORM_RULE = FormUpdatingRule(
    field_rules=[
        SigFieldCreationRule(),
        SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        GenericFieldModificationRule(
            allow_in_place_appearance_stream_changes=False, always_modifiable=_ALWAYS_FREE
        ),
    ]
)


class PermittedChanges(StandardDiffPolicy):
    """pyHanko's rules, stricter about pictures, and asked only once per question.

    One file is reviewed many times over with the same question: by us, and by the long-term
    validation of each of its signatures. Titles and unused objects, which every signing program
    writes anew, are nobody's in a version that no signature covers: there they are refused.
    """

    def __init__(self) -> None:
        super().__init__(global_rules=DEFAULT_DIFF_POLICY.global_rules, form_rule=_FORM_RULE)
        self.last_signed: int | None = None
        self._answers: dict[object, Review] = {}
        self._levels: dict[object, ModificationLevel] = {}

    def review_file(
        self,
        reader: PdfFileReader,
        base_revision: int | HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> Review:
        question = (reader, base_revision, repr(field_mdp_spec), doc_mdp)
        if question not in self._answers:
            answer = super().review_file(reader, base_revision, field_mdp_spec, doc_mdp)
            self._answers[question] = answer
        return self._answers[question]

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult:
        phantoms = {ref for ref in new.refs_freed_in_revision() if not _existed(ref, old)}
        if phantoms:
            new = _WithoutPhantoms(new, phantoms)
        self.ignore_orphaned_objects = not self._is_nobodys(new)
        if self._is_nobodys(new):
            _refuse_other_titles(new)
        result = super().apply(old, new, field_mdp_spec, doc_mdp)
        self._levels[old.reader, old.revision, new.revision] = result.modification_level
        return result

    def _is_nobodys(self, version: HistoricalResolver) -> bool:
        return self.last_signed is not None and version.revision > self.last_signed

    def knows_only_proofs_between(self, base: Signature, later: Signature) -> bool:
        """Tell whether a review found only time stamps and validation data up to `later`."""
        reader = base.embedded.reader
        between = range(base.revision + 1, later.revision + 1)
        levels = [self._levels.get((reader, base.revision, number)) for number in between]
        return all(level is not None and level <= _PROOFS for level in levels)


class _WithoutPhantoms(HistoricalResolver):
    """A version of the file that does not speak of objects which never existed.

    iText frees object numbers that nobody had used; that changes nothing.
    """

    def __init__(self, revision: HistoricalResolver, phantoms: Iterable[Reference]) -> None:
        super().__init__(revision.reader, revision.revision)
        self._phantoms = set(phantoms)

    def refs_freed_in_revision(self) -> set[Reference]:
        return set(HistoricalResolver.refs_freed_in_revision(self)) - self._phantoms

    def explicit_refs_in_revision(self) -> set[Reference]:
        return set(HistoricalResolver.explicit_refs_in_revision(self)) - self._phantoms


def _refuse_other_titles(new: HistoricalResolver) -> None:
    """Readers show the title of a file above its pages."""
    before = new.reader.get_historical_resolver(new.revision - 1)
    if _titles(new) != _titles(before):
        raise SuspiciousModification("The title was changed in a version that nobody signed.")


def _titles(version: HistoricalResolver) -> tuple[dict[str, object], list[str]]:
    """Return what the file says of itself, but when and by which program it was written."""
    info, metadata = _held(version, version.trailer_view, "/Info"), _metadata(version)
    facts = info if isinstance(info, DictionaryObject) else {}
    said = {key: words for key, words in facts.items() if key not in ("/ModDate", "/Producer")}
    if not isinstance(metadata, StreamObject):
        return said, []
    tree = etree.fromstring(metadata.data, etree.XMLParser(resolve_entities=False))
    return said, ["".join(each.itertext()) for each in tree.iter(f"{{{_DUBLIN_CORE}}}*")]


def _metadata(version: HistoricalResolver) -> PdfObject | None:
    root = _held(version, version.trailer_view, "/Root")
    return _held(version, root, "/Metadata") if isinstance(root, DictionaryObject) else None


def _held(version: HistoricalResolver, holder: DictionaryObject, key: str) -> PdfObject | None:
    """Read an entry as it was in that version; pyHanko's own way stumbles over some streams."""
    try:
        place = holder.get_value_as_reference(key, optional=True)
    except IndirectObjectExpected:
        return None
    reader: PdfFileReader = version.reader
    number = place and Reference(place.idnum, place.generation, reader)
    return reader.get_object(number, revision=version.revision) if number else None


def _existed(reference: Reference, old: HistoricalResolver) -> bool:
    return old.reader.xrefs.get_historical_ref(reference, old.revision) is not None


def changes_after(
    signature: Signature, *, base: Signature | None, policy: PermittedChanges
) -> tuple[Changes, str | None]:
    """Return what was added after the signature, and the reason when it is forbidden.

    `base` is the signature before it, when all that followed that one is permitted. A time
    stamp right after it has nothing else to protect, so it shares that answer: reviewing a
    file from each of its stamps again would double the time.
    """
    try:
        return _changes_after(signature, base=base, policy=policy)
    except MemoryError:
        raise
    except Exception:  # a later version that cannot be read is never a permitted one
        return Changes.FORBIDDEN, "changes-unreadable"


def _changes_after(
    signature: Signature, *, base: Signature | None, policy: PermittedChanges
) -> tuple[Changes, str | None]:
    embedded = signature.embedded
    embedded.compute_integrity_info(skip_diff=True)
    if embedded.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Changes.FORBIDDEN, "revision-not-covered"
    if embedded.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        is_shared = base is not None and policy.knows_only_proofs_between(base, signature)
        if is_shared and signature.is_time_stamp:
            return Changes.PERMITTED, None
    embedded.compute_integrity_info(diff_policy=policy)
    if not embedded.summarise_integrity_info()["docmdp_ok"]:
        return Changes.FORBIDDEN, "forbidden-changes"
    covers_all = embedded.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return (Changes.NONE if covers_all else Changes.PERMITTED), None


def was_reviewed(signature: Signature) -> bool:
    """Tell whether the signature had a review of its own."""
    return signature.embedded.diff_result is not None


def changed_only_proofs(signature: Signature) -> bool:
    """Tell whether nothing came after the signature but time stamps and validation data."""
    result = signature.embedded.diff_result
    return isinstance(result, DiffResult) and result.modification_level <= _PROOFS
