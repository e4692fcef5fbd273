"""``POST /api/verify``: the answer of the check page, as the JSON of ``paraph verify``."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from paraph.kit.errors import Refused
from paraph.kit.numbers import whole_number
from paraph.people.access import anyone
from paraph.people.http import address_of
from paraph.signing.integrity import pace
from paraph.signing.integrity.checking import checked
from paraph.vault.queries import was_never_ours

LIMIT = 60 * 1024 * 1024


class NoFile(Refused):
    """Nothing to check was sent."""

    code = "no-file"
    status = 400


class FileTooLarge(Refused):
    """More than can be checked was sent."""

    code = "file-too-large"
    status = 413


class OnlyPost(Refused):
    """The address was called in another way than it is for."""

    code = "only-post"
    status = 405


@anyone
@csrf_exempt  # it needs no account and changes nothing
def verify(request: HttpRequest) -> HttpResponse:
    """Check the file of a form (``file``), or the body itself."""
    if request.method != "POST":
        raise OnlyPost([_("Send the file with POST.")])
    content, name = _file(request)
    with pace.one_check(address_of(request)):
        answer = checked(content, name=name, is_gone=was_never_ours)
    return JsonResponse(answer.report.to_dict(), headers={"Cache-Control": "no-store"})


def _file(request: HttpRequest) -> tuple[bytes, str]:
    length = whole_number(request.headers.get("Content-Length") or "0")
    if length is None:
        raise NoFile([_("Send a file in the field “file”, or as the body.")])
    if length > LIMIT:
        raise FileTooLarge([_("This file is larger than 60 MB, more than can be checked.")])
    if request.content_type != "multipart/form-data":
        return _some(request.read(LIMIT + 1)), ""
    upload = request.FILES.get("file")
    if upload is None:
        raise NoFile([_("Send a file in the field “file”, or as the body.")])
    return _some(upload.read()), upload.name or ""


def _some(content: bytes) -> bytes:
    if not content:
        raise NoFile([_("Send a file in the field “file”, or as the body.")])
    if len(content) > LIMIT:
        raise FileTooLarge([_("This file is larger than 60 MB, more than can be checked.")])
    return content
