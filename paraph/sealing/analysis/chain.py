"""A file's chain of document time stamps, which is judged once for all signatures that rest on it.

pyHanko collects and judges the chain anew for each signature of a file. What it finds depends on
the file, on what is known of the certificates, on the rules and on the moment: where all of these
are the very same, so is the outcome. Where a signature brings validation data of its own (as Adobe
writes them), or anything else differs, the chain is judged for it alone.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffPolicy
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.policy_decl import LocalKnowledge, SignatureValidationSpec
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from paraph.sealing.analysis.reading import Reader

_collect = ades._build_prima_facie_poe_index_from_pdf_timestamps
_judge = ades._validate_prima_facie_poe
_read: Callable[[PdfFileReader], LocalKnowledge] = ades._dss_to_local_knowledge

Stamps = list[Any]  # of a private class
Outcome = POEManager | SignatureValidationError


class Chain(Stamps):
    """The time stamps that were collected, and what became of them so far."""

    def __init__(self, stamps: Stamps) -> None:
        super().__init__(stamps)
        self.outcomes: list[tuple[object, Outcome]] = []

    def outcome(self, question: object) -> Outcome | None:
        """Return what became of the same question; nothing is the same that only looks alike."""
        return next((found for asked, found in self.outcomes if asked == question), None)


def knowledge_of(reader: PdfFileReader) -> LocalKnowledge:
    """Return the validation data that the file keeps."""
    if not isinstance(reader, Reader):
        return _read(reader)
    return reader.once(_read, lambda: _read(reader))


def stamps_of(
    r: PdfFileReader, include_content_ts: bool, diff_policy: DiffPolicy | None
) -> Stamps:
    """Collect the time stamps of the signatures that the reader has now."""
    if not isinstance(r, Reader):
        return _collect(r, include_content_ts, diff_policy)
    asked = (_collect, *r.embedded_signatures, include_content_ts, diff_policy)
    return r.once(asked, lambda: Chain(_collect(r, include_content_ts, diff_policy)))


async def _judged(
    prima_facie_poe_sets: Stamps,
    validation_spec: SignatureValidationSpec,
    cur_timing_info: ValidationTimingInfo | None = None,
) -> POEManager:
    """Judge the chain; whoever asks gets a copy, to write down in it what else is proven."""
    chain = prima_facie_poe_sets
    if not isinstance(chain, Chain):
        return await _judge(chain, validation_spec, cur_timing_info)
    question = (validation_spec, cur_timing_info)
    outcome = chain.outcome(question)
    if outcome is None:
        outcome = await _outcome(chain, *question)
        chain.outcomes.append((question, outcome))
    if isinstance(outcome, SignatureValidationError):
        raise outcome.with_traceback(None)
    return copy(outcome)


async def _outcome(
    chain: Chain, spec: SignatureValidationSpec, timing: ValidationTimingInfo | None
) -> Outcome:
    try:
        return await _judge(chain, spec, timing)
    except SignatureValidationError as refusal:
        return refusal


ades._build_prima_facie_poe_index_from_pdf_timestamps = stamps_of
ades._validate_prima_facie_poe = _judged
ades._dss_to_local_knowledge = knowledge_of
