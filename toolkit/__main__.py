"""The way in: nothing is loaded before the command is run.

Processes that work for a command load this module again, and do not need the command line.
"""

from __future__ import annotations


def main() -> None:
    """Run the command ``tei``."""
    from toolkit.cli import main as run

    run()


if __name__ == "__main__":
    main()
