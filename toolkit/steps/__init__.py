"""The steps for one document, one file a step: each knows the room that does it, and no other.

A task is plain data that can be sent to another process. The function that does it never raises for
a bad document: it reports.
"""
