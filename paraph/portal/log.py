"""The public log as plain files (c2sp.org/tlog-tiles), and a page that says what it is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from paraph.journal.log.publishing import address
from paraph.journal.models import LogCheckpoint, LogShard
from paraph.kit import files
from paraph.people.access import anyone
from paraph.tlog.tiles import NotATile, Tile

A_YEAR = "public, max-age=31536000, immutable"


@anyone
def index(request: HttpRequest) -> HttpResponse:
    """Say what the log is, and with which keys its checkpoints are checked."""
    newest = LogCheckpoint.objects.select_related("shard").order_by("-shard__number", "-size")
    context = {"shards": LogShard.objects.all(), "newest": newest.first()}
    return render(request, "portal/log.html", context)


@anyone
def checkpoint(request: HttpRequest, number: int) -> HttpResponse:
    """Send the newest checkpoint; it may be a few seconds old, never older than it says."""
    shard = get_object_or_404(LogShard, number=number)
    newest = LogCheckpoint.objects.filter(shard=shard).order_by("size").last()
    if newest is None:
        raise Http404
    sent = HttpResponse(newest.note, content_type="text/plain; charset=utf-8")
    sent["Cache-Control"] = "public, max-age=2"
    return sent


@anyone
def key(request: HttpRequest, number: int) -> HttpResponse:
    """Send the key that signs the checkpoints of a shard."""
    shard = get_object_or_404(LogShard, number=number)
    return HttpResponse(f"{shard.public_key}\n", content_type="text/plain; charset=utf-8")


@anyone
def tile(request: HttpRequest, number: int, place: str) -> HttpResponse:
    """Send a tile of hashes or a bundle of entries; what is published never changes."""
    shard = get_object_or_404(LogShard, number=number)
    try:
        content = files.published(address(shard, Tile.checked(f"tile/{place}")))
    except (NotATile, FileNotFoundError) as unknown:
        raise Http404 from unknown
    sent = HttpResponse(content, content_type="application/octet-stream")
    sent["Cache-Control"] = A_YEAR
    return sent
