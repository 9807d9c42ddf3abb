"""One form for everything the toolkit has to tell an editor.

A :class:`Kind` is declared once, beside the code that can meet it; ``kind.at(position, message)``
makes the :class:`Diagnostic`. The modules in :mod:`toolkit.diagnostics.formats` print them.
"""

from toolkit.diagnostics.diagnostic import Diagnostic, DiagnosticError, Kind, Severity
from toolkit.diagnostics.position import Position, SourceText

__all__ = ["Diagnostic", "DiagnosticError", "Kind", "Position", "Severity", "SourceText"]
