"""Where the toolkit keeps what it can make again, so that the next run need not.

Everything there is data, keyed by the content it was made from and by the release of the toolkit;
it may be deleted at any time.
"""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "TEI_TOOLKIT_CACHE"
"""The environment variable that names another folder."""


def cache_folder() -> Path:
    """Return the cache folder: the one the environment names, else the user's; it may be absent."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("tei-toolkit", appauthor=False)
