"""The checks: each module here has ``check(document, context)``, which yields diagnostics."""
