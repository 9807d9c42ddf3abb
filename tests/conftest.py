"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder of real data, or skip the test, saying why."""
    name = os.environ.get("TEI_TOOLKIT_DATA")
    if not name:
        pytest.skip("TEI_TOOLKIT_DATA is not set: no real data to test against")
    folder = Path(name)
    if not folder.is_dir():
        pytest.skip(f"TEI_TOOLKIT_DATA names no folder: {folder}")
    return folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the top of the checkout, which is itself a small edition."""
    return ROOT
