"""The one place that talks to Saxon.

Saxon holds the interpreter's lock for a whole transformation, and two processors in two threads can
abort the interpreter. So each process has one processor, made when first used, and never in a
thread; whoever wants to work in parallel uses processes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity

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


ParameterValue = str | bool | int | Xml


@dataclass(frozen=True, slots=True)
class Transformed:
    """What a transformation gave: its principal result and its ``xsl:message`` texts."""

    text: str
    messages: tuple[str, ...]


def transform(
    stylesheet: Path,
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

    executable = _compile(str(stylesheet))
    executable.clear_parameters()
    executable.clear_xsl_messages()
    executable.set_save_xsl_message(True)
    try:
        for name, value in (parameters or {}).items():
            executable.set_parameter(name, _xdm(processor, value))
        source = processor.parse_xml(xml_text=document)
        text = executable.transform_to_string(xdm_node=source)
    except PySaxonApiError as error:
        raise _failure(file or str(stylesheet), str(error)) from None
    return Transformed(text or "", _messages(executable))


_PARSER = "http://saxon.sf.net/feature/parserProperty"


@cache
def _processor() -> PySaxonProcessor:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    # A document names no resources: only stylesheets, which are ours, may load files.
    processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "file")
    # The parser's own limit is 100 levels; toolkit.tei.parse has already refused what is too deep.
    processor.set_configuration_property(f"{_PARSER}?uri=jdk.xml.maxElementDepth", "1000")
    return processor


@cache
def _compile(stylesheet: str) -> Any:  # noqa: ANN401 (saxonche has no types)
    from saxonche import PySaxonApiError

    try:
        return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=stylesheet)
    except PySaxonApiError as error:
        raise _failure(stylesheet, str(error)) from None


def _xdm(processor: PySaxonProcessor, value: ParameterValue) -> Any:  # noqa: ANN401
    if isinstance(value, Xml):
        return processor.parse_xml(xml_text=value.text)
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


def _failure(file: str, reason: str) -> DiagnosticError:
    line = _LINE.search(reason)
    at_line = int(line[1]) if line and file.endswith((".xsl", ".xslt")) else 1
    return DiagnosticError(
        STYLESHEET_FAILED.at(
            Position(file, at_line),
            f"the stylesheet stopped: {' '.join(reason.split())}",
            "If the stylesheet is the edition's own, mend it at the place named; otherwise please "
            "report this with the document.",
        )
    )
