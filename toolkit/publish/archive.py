"""Archives whose bytes depend on their content alone: no clock, no order by chance."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


def pack(files: Mapping[str, bytes], *, first: str | None = None) -> bytes:
    """Return a ZIP archive of ``files``, in alphabetical order of their paths.

    ``first`` names the file that comes first and is stored without compression, as an EPUB wants
    its ``mimetype`` (Open Container Format 3.3, 4.3).
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files, key=lambda path: (path != first, path)):
            entry = zipfile.ZipInfo(path, date_time=_EPOCH)
            entry.external_attr = _REGULAR_FILE
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_STORED if path == first else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path], compresslevel=9)
    return target.getvalue()
