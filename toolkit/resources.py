"""Where the stylesheets and schemas lie: beside the installed package, or at the checkout's top."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

XSLT: Path = _ROOT / "xslt"
SCHEMAS: Path = _ROOT / "schemas"
