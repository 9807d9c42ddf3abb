"""The store: schemas kept in a folder, each pinned by the SHA-256 of its files.

A store is a folder with a file ``schemas.json`` (``schemas/store.schema.json``). The user has one,
and so may each edition, where it is kept under version control with the edition.
"""

from toolkit.validate.store.folder import VARIABLE, Store, StoredSchema, store_in, user_store

__all__ = ["VARIABLE", "Store", "StoredSchema", "store_in", "user_store"]
