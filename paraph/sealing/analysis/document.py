"""A signed PDF opened for a check: its reader, its signatures, and what could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from asn1crypto import cms, parser
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from paraph.sealing.analysis import byte_ranges
from paraph.sealing.analysis.byte_ranges import ByteRange
from paraph.sealing.analysis.reading import Reader


class CannotRead(Exception):
    """The file cannot be opened; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Signature:
    """One signature of the file, with the bytes that it covers."""

    embedded: EmbeddedPdfSignature
    byte_range: ByteRange | None

    @property
    def field(self) -> str:
        return str(self.embedded.field_name)

    @property
    def form(self) -> str:
        return str(self.embedded.sig_object.get("/SubFilter", ""))

    @property
    def is_time_stamp(self) -> bool:
        return self.form == "/ETSI.RFC3161"

    @property
    def message(self) -> cms.SignedData:
        return self.embedded.signed_data

    @property
    def message_length(self) -> int:
        """Return how many bytes of its place the signature fills; zeros follow."""
        return int(parser.peek(self.embedded.pkcs7_content))

    @property
    def revision(self) -> int:
        return int(self.embedded.signed_revision)


@dataclass
class Document:
    """A PDF with everything a check asks about."""

    data: bytes
    reader: PdfFileReader
    signatures: list[Signature] = field(default_factory=list)
    unreadable_fields: list[str] = field(default_factory=list)

    @property
    def is_hybrid(self) -> bool:
        return bool(self.reader.xrefs.hybrid_xrefs_present)

    @property
    def last_revision(self) -> int:
        return int(self.reader.xrefs.total_revisions) - 1

    @property
    def hidden_ranges(self) -> list[ByteRange]:
        """Return signatures that lie in the bytes, but in no field that the file shows."""
        shown = {signature.byte_range for signature in self.signatures} | self._usage_rights
        return [found for found in byte_ranges.ranges_in(self.data) if found not in shown]

    @property
    def _usage_rights(self) -> set[ByteRange | None]:
        """Return what Adobe signs to let its reader save forms: no signature of anybody's."""
        permissions = self.reader.root.get("/Perms", {})
        rights = [permissions[key] for key in ("/UR", "/UR3") if key in permissions]
        return {ByteRange.of(each.get("/ByteRange", ())) for each in rights}


def opened(data: bytes) -> Document:
    """Open the file by strict rules, and by lenient ones where writers are known to err."""
    if b"%PDF-" not in data[:1024]:
        raise CannotRead("not-a-pdf")
    reader = _reader(data)
    document = Document(data, reader)
    for name, _, its_field in enumerate_sig_fields(reader, filled_status=True):
        _add(document, name=name, its_field=its_field)
    document.signatures.sort(key=lambda signature: signature.revision)
    return document


def _reader(data: bytes) -> PdfFileReader:
    reader = _first_that_opens(data)
    if reader.encrypted and reader.decrypt(b"").status == AuthStatus.FAILED:
        raise CannotRead("encrypted")
    return reader


def _first_that_opens(data: bytes) -> PdfFileReader:
    """Prefer strict rules; a hybrid file, which they refuse, is read by lenient ones."""
    for reader in _readers(data):
        if not (reader.strict and reader.xrefs.hybrid_xrefs_present):
            return reader
    raise CannotRead("damaged")


def _readers(data: bytes) -> Iterator[PdfFileReader]:
    for strict in (True, False):
        reader = _read(data, strict=strict)
        if reader is not None:
            yield reader


def _read(data: bytes, *, strict: bool) -> Reader | None:
    try:
        reader = Reader(data, strict=strict)
        _root = reader.root  # to read it is the test
    except MemoryError:
        raise
    except Exception:  # whatever a parser raises: not readable this way
        return None
    return reader


def _add(document: Document, *, name: str, its_field: DictionaryObject) -> None:
    try:
        embedded = EmbeddedPdfSignature(document.reader, its_field, name)
        numbers = [int(number) for number in embedded.byte_range]
        document.signatures.append(Signature(embedded, ByteRange.of(numbers)))
    except MemoryError:
        raise
    except Exception:
        document.unreadable_fields.append(name)
