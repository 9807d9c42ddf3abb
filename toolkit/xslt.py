"""The one place that talks to Saxon.

Saxon holds the interpreter's lock for a whole transformation, and two processors in two threads can
abort the interpreter. So each process has one processor, made when first used, and never in a
thread; whoever wants to work in parallel uses processes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity
from toolkit.resources import XSLT

if TYPE_CHECKING:
    from saxonche import PySaxonProcessor

STYLESHEET_FAILED = Kind(
    "X101",
    "stylesheet-failed",
    Severity.ERROR,
    "A stylesheet could not be compiled, or stopped with an error while it ran.",
)


@dataclass(frozen=True, slots=True)
class Xml:
    """An XML document handed to a stylesheet as a parameter; ``text`` has no DOCTYPE."""

    text: str
    base_uri: str = ""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet that was made, not read: its text, and what to call it in messages.

    Relative references in it start at its ``xml:base``.
    """

    text: str
    file: str = ""


ParameterValue = str | bool | int | Xml


@dataclass(frozen=True, slots=True)
class Transformed:
    """What a transformation gave: its principal result and its ``xsl:message`` texts."""

    text: str
    messages: tuple[str, ...]


def transform(
    stylesheet: Path | Stylesheet,
    document: str,
    parameters: Mapping[str, ParameterValue] | None = None,
    *,
    file: str = "",
) -> Transformed:
    """Apply ``stylesheet`` to the XML text ``document`` and return the serialised result.

    The document is parsed without any access to other resources: callers pass text that
    :mod:`toolkit.tei.parse` has read and that carries no DOCTYPE. ``parameters`` are global
    stylesheet parameters by name (Clark notation for names in a namespace); ``file`` names the
    document in error messages. The stylesheet is compiled once per process.

    Raises:
        DiagnosticError: the stylesheet does not compile, or it ends with an error (X101).
    """
    processor = _processor()
    from saxonche import PySaxonApiError

    executable = _compile(stylesheet)
    executable.clear_parameters()
    executable.clear_xsl_messages()
    executable.set_save_xsl_message(True)
    try:
        for name, value in (parameters or {}).items():
            executable.set_parameter(name, _xdm(processor, value))
        text = executable.transform_to_string(xdm_node=_parse(document))
    except PySaxonApiError as error:
        raise _failure(file or _name(stylesheet), str(error)) from None
    return Transformed(text or "", _messages(executable))


def compile_stylesheet(stylesheet: Path | Stylesheet) -> None:
    """Compile ``stylesheet``, which :func:`transform` would do, to see whether it can be.

    Raises:
        DiagnosticError: it cannot be (X101); line and column are those of the stylesheet.
    """
    _compile(stylesheet)


_FEATURE = "http://saxon.sf.net/feature/parserFeature"
_PARSER = "http://saxon.sf.net/feature/parserProperty"
_EXTERNAL = (
    "http://xml.org/sax/features/external-general-entities",
    "http://xml.org/sax/features/external-parameter-entities",
    "http://apache.org/xml/features/nonvalidating/load-external-dtd",
)


@cache
def _processor() -> PySaxonProcessor:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    # A document names no resources: only stylesheets, which are ours, may load files.
    processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "file")
    for feature in _EXTERNAL:
        processor.set_configuration_property(f"{_FEATURE}?uri={feature}", "false")
    # The parser's own limit is 100 levels; toolkit.tei.parse has already refused what is too deep.
    processor.set_configuration_property(f"{_PARSER}?uri=jdk.xml.maxElementDepth", "1000")
    # An element with more than 200 attributes is a mistake for the grammar to tell of; 0: no limit.
    processor.set_configuration_property(f"{_PARSER}?uri=jdk.xml.elementAttributeLimit", "0")
    return processor


@cache
def _compile(stylesheet: Path | Stylesheet) -> Any:  # noqa: ANN401 (saxonche has no types)
    from saxonche import PySaxonApiError

    compiler = _processor().new_xslt30_processor()
    try:
        if isinstance(stylesheet, Stylesheet):
            return compiler.compile_stylesheet(stylesheet_text=stylesheet.text)
        text = _addressed(stylesheet)
        if text is None:
            return compiler.compile_stylesheet(stylesheet_file=str(stylesheet))
        builder = _processor().new_document_builder()
        builder.set_base_uri(stylesheet.absolute().as_uri())
        builder.set_line_numbering(True)
        return compiler.compile_stylesheet(stylesheet_node=builder.parse_xml(xml_text=text))
    except PySaxonApiError as error:
        raise _failure(_name(stylesheet), str(error), in_stylesheet=True) from None


_ADDRESS = re.compile(r"""(\bhref\s*=\s*["'])toolkit:""")


def _addressed(stylesheet: Path) -> str | None:
    """Return the text of ``stylesheet`` with the places of what it imports as ``toolkit:…``.

    An edition lies elsewhere than the toolkit, and on each machine elsewhere, so its stylesheets
    import ours by this address. None if it does not use it.
    """
    try:
        text = stylesheet.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    place = f"{XSLT.as_uri()}/"
    addressed, count = _ADDRESS.subn(lambda match: match[1] + place, text)
    return addressed if count else None


@lru_cache(maxsize=1)
def _parse(document: str) -> Any:  # noqa: ANN401
    """Return a document for Saxon; the last one is kept, for several stylesheets in a row."""
    return _processor().parse_xml(xml_text=document)


def _name(stylesheet: Path | Stylesheet) -> str:
    return stylesheet.file if isinstance(stylesheet, Stylesheet) else str(stylesheet)


@lru_cache(maxsize=12)
def _tree(text: str) -> Any:  # noqa: ANN401
    """Return the tree of a parameter: many are the same for all documents of an edition."""
    return _processor().parse_xml(xml_text=text)


def _xdm(processor: PySaxonProcessor, value: ParameterValue) -> Any:  # noqa: ANN401
    if isinstance(value, Xml):
        return _tree(value.text)
    if isinstance(value, bool):
        return processor.make_boolean_value(value)
    if isinstance(value, int):
        return processor.make_integer_value(value)
    return processor.make_string_value(value)


def _messages(executable: Any) -> tuple[str, ...]:  # noqa: ANN401
    messages = executable.get_xsl_messages()
    if messages is None:
        return ()
    return tuple(messages.item_at(i).string_value for i in range(messages.size))


_LINE = re.compile(r"line (\d+)(?: column (\d+))?")


def _failure(file: str, reason: str, *, in_stylesheet: bool = False) -> DiagnosticError:
    place = _LINE.search(reason) if in_stylesheet or file.endswith((".xsl", ".xslt")) else None
    where = Position(file, int(place[1]), int(place[2] or 1)) if place else Position(file)
    return DiagnosticError(
        STYLESHEET_FAILED.at(
            where,
            f"the stylesheet stopped: {' '.join(reason.split())}",
            "If the stylesheet is the edition's own, mend it at the place named; otherwise please "
            "report this with the document.",
        )
    )
