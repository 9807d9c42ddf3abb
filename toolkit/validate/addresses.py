"""Where the files of schemas are found that are named by an address or by a name.

Catalogs come first, then the stores. Nothing is fetched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from toolkit.files import digest, path_of_uri
from toolkit.validate.bearings import Bearings, Located
from toolkit.validate.bundled import bundled_schemas, bundled_with_grammar
from toolkit.validate.store.folder import Store, StoredSchema, store_in, user_store, verify

VARIABLE = "XML_CATALOG_FILES"
"""The environment variable that names catalogs."""


class Addresses(NamedTuple):
    """Where schemas are looked for.

    Attributes:
        catalogs: XML catalogs, asked in this order.
        stores: folders with stores of schemas; the first that has a schema is asked.
    """

    catalogs: tuple[Path, ...] = ()
    stores: tuple[Path, ...] = ()

    def named(self, name: str) -> Path | None:
        """Return the schema of this name: one that comes with the toolkit, or a stored one.

        Raises:
            DiagnosticError: a store cannot be used (V197, F0xx).
        """
        bundled = bundled_schemas().get(name)
        if bundled is not None:
            return bundled.grammar
        found = (store.schemas.get(name) for store in self._stores())
        return next((each.main for each in found if each), None)

    def names(self) -> list[str]:
        """Return the names of all schemas, sorted."""
        stored = (name for store in self._stores() for name in store.schemas)
        return sorted({*bundled_schemas(), *stored})

    def mapped(self, address: str) -> str:
        """Return the address that catalogs put in the place of another; itself if none does."""
        if not self.catalogs:
            return address
        # Few have any.
        from toolkit.validate.catalogs import resolve

        return resolve(address, self.catalogs) or address

    def stored_at(self, address: str) -> StoredSchema | None:
        """Return the stored schema that was added from an address."""
        found = (store.at(address) for store in self._stores())
        return next((each for each in found if each), None)

    def stored(self, file: Path) -> StoredSchema | None:
        """Return the stored schema that begins with a file, after making sure of its content.

        Raises:
            DiagnosticError: a file of it has changed (V195), or a store cannot be used (V197).
        """
        found = (store.holding(file) for store in self._stores())
        schema = next((each for each in found if each), None)
        if schema is not None:
            verify(schema)
        return schema

    def bearings(self, schema: Path) -> Bearings:
        """Return where a schema comes from, and where the files are that it refers to.

        Raises:
            DiagnosticError: as :meth:`stored`.
        """
        return _bearings(self, schema)

    def _stores(self) -> Iterator[Store]:
        return map(store_in, self.stores)


NOWHERE = Addresses()
"""Schemas that are named by an address are not looked for."""


def addresses_of(catalogs: tuple[Path, ...], edition_store: Path | None) -> Addresses:
    """Return where schemas are looked for.

    Args:
        catalogs: catalogs to ask before those that the environment names.
        edition_store: the store of the edition, if there is one; it goes before the user's.
    """
    named = catalogs
    if value := os.environ.get(VARIABLE):
        # Few have any.
        from toolkit.validate.catalogs import named_in

        named = (*catalogs, *named_in(value))
    stores = (*((edition_store,) if edition_store else ()), user_store())
    return Addresses(named, stores)


@lru_cache(maxsize=16)
def _bearings(addresses: Addresses, schema: Path) -> Bearings:
    if bundled_with_grammar(schema) is not None:
        return Bearings()  # complete in itself, whatever is in stores and catalogs
    stored = addresses.stored(schema)

    def locate(address: str) -> Located | None:
        if stored is not None and (file := stored.file_at(address)):
            return Located(stored.folder / file.path, file.base)
        mapped = addresses.mapped(address)
        path = path_of_uri(mapped)
        if path is not None:
            return Located(path) if mapped != address else None
        other = addresses.stored_at(mapped)
        if other is None:
            return None
        verify(other)
        return Located(other.main, other.files[0].base)

    return Bearings(stored.files[0].base if stored else "", locate, _key(addresses))


def _key(addresses: Addresses) -> bytes:
    schemas = [each for store in addresses._stores() for each in store.schemas.values()]
    known = [repr(each).encode() for each in schemas]
    if addresses.catalogs:
        from toolkit.validate.catalogs import content_of

        known.append(content_of(addresses.catalogs))
    return digest(*known).encode() if known else b""


def forget_bearings() -> None:
    """Look for files anew from now on."""
    _bearings.cache_clear()
