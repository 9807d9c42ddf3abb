"""The checks: each module here has ``check(document, context)``, which yields diagnostics.

Those that follow pointers are in :mod:`toolkit.validate.checks.references`, those of registers in
:mod:`toolkit.validate.checks.registers`.
"""
