"""What the tests of conversion share."""

from pathlib import Path

import pytest
from lxml import etree


@pytest.fixture(scope="session")
def tei_schema(data_folder: Path) -> etree.RelaxNG:
    """Return the official TEI schema; it takes seconds to load, so it is loaded once."""
    return etree.RelaxNG(etree.parse(data_folder / "schemas" / "tei_all_4.12.0.rng"))
