"""What all tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.grammar import Verdicts
from tests.sample import build, copy_of_sample
from toolkit.diagnostics import Severity

# How long an example takes depends on what else the machine does: tests do not measure speed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# What tests leave behind is mostly freed at once: the collector need not look through all that the
# tests before have loaded, the schemas and stylesheets, over and over.
gc.set_threshold(200_000)

ROOT = Path(__file__).resolve().parent.parent


def pytest_sessionfinish() -> None:
    """Look for unreachable objects once; pytest then does so five times, through all there is."""
    gc.collect()
    gc.freeze()


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


@pytest.fixture(scope="session", autouse=True)
def cache_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests would cache out of the user's cache, and the user's schemas out of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEI_TOOLKIT_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("TEI_TOOLKIT_SCHEMAS", str(tmp_path_factory.mktemp("schemas")))
        patch.delenv("XML_CATALOG_FILES", raising=False)
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the top of the checkout, which is itself a small edition."""
    return ROOT


@pytest.fixture(scope="session")
def official_schema(data_folder: Path) -> Verdicts:
    """Return the official TEI schema, loaded once."""
    return Verdicts(data_folder / "schemas" / "tei_all_4.12.0.rng")


@pytest.fixture(scope="session")
def edition_schema(repository: Path) -> Verdicts:
    """Return the toolkit's own profile of TEI for editions, loaded once."""
    return Verdicts(repository / "schemas" / "relaxng" / "tei-edition.rnc")


@pytest.fixture(scope="session")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a built copy of the sample edition."""
    folder = copy_of_sample(repository, tmp_path_factory.mktemp("sample"))
    errors = [found for found in build(folder) if found.severity is Severity.ERROR]
    assert errors == []
    return folder
