"""The steps over single files or over an edition: in parallel, and only what changed.

One file a step, so that no command loads a room it does not use.
"""
