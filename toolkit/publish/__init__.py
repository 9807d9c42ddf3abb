"""The publishing room: reading editions from TEI, by stylesheets."""

from toolkit.publish.describe import describe_document
from toolkit.publish.outputs import output_names, publish_document, publish_edition
from toolkit.publish.publication import DocumentEntry, Publication, Published, Register

__all__ = [
    "DocumentEntry",
    "Publication",
    "Published",
    "Register",
    "describe_document",
    "output_names",
    "publish_document",
    "publish_edition",
]
