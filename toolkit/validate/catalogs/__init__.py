"""XML catalogs (OASIS XML Catalogs 1.1): which local file stands for an address.

Catalogs are asked for the addresses of schemas and of what schemas refer to. Document type
definitions are never loaded, whatever catalogs say. Only local catalogs are read.
"""

from toolkit.validate.catalogs.reading import BAD_CATALOG, forget_catalogs
from toolkit.validate.catalogs.resolution import (
    check_catalogs,
    content_of,
    named_in,
    resolve,
)

__all__ = [
    "BAD_CATALOG",
    "check_catalogs",
    "content_of",
    "forget_catalogs",
    "named_in",
    "resolve",
]
