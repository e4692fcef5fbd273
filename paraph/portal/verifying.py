"""``/verify``: was a file changed, who signed it, and what was changed. Open to everybody."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from paraph.documents.models import Document
from paraph.kit import files
from paraph.kit.errors import Refused
from paraph.kit.ids import format_document_id, parse_document_id
from paraph.people.access import anyone
from paraph.people.http import Request, address_of
from paraph.signing import authority
from paraph.signing.integrity import pace
from paraph.signing.integrity.checking import checked
from paraph.signing.integrity.originals import registered
from paraph.signing.models import Envelope
from paraph.vault.models import Tombstone
from paraph.vault.queries import tombstone_of, tombstone_with, was_never_ours

LIMIT = 60 * 1024 * 1024


@dataclass(frozen=True)
class Known:
    """What is told by an ID alone: no names."""

    readable: str
    status: str
    is_completed: bool
    closed_at: datetime | None
    signatures: int
    is_trial: bool


@anyone
def check(request: Request) -> HttpResponse:
    """Check a dropped file, and say the answer in plain words first."""
    if request.method != "POST":
        if code := request.GET.get("code", ""):
            return redirect("verify-code", code)
        return render(request, "portal/verify.html")
    upload = request.FILES.get("file")
    if upload is None:
        return _complain(request, _("Choose a PDF first."))
    if (upload.size or 0) > LIMIT:
        return _complain(request, _("This file is larger than 60 MB, more than can be checked."))
    return _answered(request, upload.read(), name=upload.name or "")


@anyone
def known(request: HttpRequest, sha256: str) -> HttpResponse:
    """Answer for a file by its hash alone: a file of ours need not leave the device."""
    revision = registered(sha256.lower())
    if "ask" in request.GET:
        return JsonResponse({"known": revision is not None})
    if revision is None:
        tomb = tombstone_with(sha256.lower())
        return _buried(request, tomb) if tomb else redirect("verify")
    return _answered(request, files.get(revision.sha256), name=revision.document.title)


@anyone
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Tell by ID alone that a document exists, its state, date and number of signatures."""
    if tomb := tombstone_of(code):
        return _buried(request, tomb)
    try:
        document = Document.objects.get(code=parse_document_id(code))
        envelope = Envelope.objects.get(documents=document)
    except (Refused, Document.DoesNotExist, Envelope.DoesNotExist):
        return _complain(
            request, _("No document here has this ID. Compare it with the foot of a page.")
        )
    signed = envelope.parties.filter(signed_at__isnull=False).count()
    found = Known(
        format_document_id(document.code),
        envelope.get_status_display(),
        envelope.is_completed,
        envelope.closed_at or envelope.sent_at,
        signed,
        envelope.is_trial,
    )
    return render(request, "portal/verify.html", {"found": found})


@anyone
def root(request: HttpRequest) -> HttpResponse:
    """Send the root certificate of this installation, to be trusted elsewhere."""
    pem = b"\n".join(authority.roots())
    return HttpResponse(pem, content_type="application/x-pem-file")


def _answered(request: HttpRequest, content: bytes, *, name: str) -> HttpResponse:
    """Check the file when there is room for it; else ask the visitor to wait."""
    try:
        with pace.one_check(address_of(request)):
            answer = checked(content, name=name, is_gone=was_never_ours)
    except pace.TooManyChecks as refused:
        return _complain(request, str(refused), status=refused.status)
    gone = tombstone_with(hashlib.sha256(content).hexdigest())
    return render(request, "portal/verify.html", {"answer": answer, "gone": gone})


def _buried(request: HttpRequest, tomb: Tombstone) -> HttpResponse:
    """Tell that a document was completed here and is no longer kept, without a name."""
    context = {"gone": tomb, "readable": format_document_id(tomb.code)}
    return render(request, "portal/verify.html", context)


def _complain(request: HttpRequest, problem: str, *, status: int = 422) -> HttpResponse:
    return render(request, "portal/verify.html", {"problem": problem}, status=status)
