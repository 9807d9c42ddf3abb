"""The signs of the edition: what shows a deletion, an addition, what is supplied, and so on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from toolkit.resources import SCHEMAS

SIGNS = SCHEMAS / "signs.json"
"""Systems of signs by their names; what one leaves out is as in ``default``."""

PLAIN_SIGNS = SCHEMAS / "plain-signs.json"
"""What plain text, which has no styles, shows for the styles that are signs."""


def signs_of(table: Mapping[str, Any]) -> str:
    """Return the signs that the table ``[signs]`` of an edition asks for, as JSON; "" if none.

    They are those of its ``system``, but for those that it names itself
    (``schemas/edition.schema.json``). Stylesheets read them (``xslt/signs.xsl``).
    """
    if not table:
        return ""
    systems: dict[str, dict[str, Any]] = json.loads(SIGNS.read_text("utf-8"))
    own = {name: sign for name, sign in table.items() if name != "system"}
    system = systems[table.get("system", "default")]
    signs = {**system, **own}
    signs["apparatus"] = {
        **systems["default"]["apparatus"],
        **system.get("apparatus", {}),
        **own.get("apparatus", {}),
    }
    return json.dumps(signs, ensure_ascii=False, sort_keys=True)


def witness_order(signs: str) -> str:
    """Return the order of the witnesses of a reading that ``signs`` ask for."""
    return str(json.loads(signs)["apparatus"].get("witnesses", "encoded")) if signs else "encoded"
