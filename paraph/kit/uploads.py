"""Receives uploads without letting anybody fill the disk: what is too large is cut off."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST_FILES_AT_ONCE = 8


class BoundedUpload(FileUploadHandler):
    """Stands before the handlers that store: they get no more of a file than shows its excess.

    Whoever uses the file sees that it is larger than allowed and says so in words; what
    goes on beyond several files' worth is not even read.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._of_all = self._of_file = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count a file."""
        super().new_file(*args, **kwargs)
        self._of_file = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a chunk on while the file is not yet known to be too large."""
        is_excess = self._of_file > settings.UPLOAD_BYTES
        self._of_file += len(raw_data)
        self._of_all += len(raw_data)
        if self._of_all > MOST_FILES_AT_ONCE * settings.UPLOAD_BYTES:
            raise StopUpload(connection_reset=True)
        return None if is_excess else raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that store."""
