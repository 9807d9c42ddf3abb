"""Going through the names that annotation left open, with an editor who answers."""
