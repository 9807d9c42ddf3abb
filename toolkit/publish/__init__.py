"""The publishing room: reading editions from TEI, by stylesheets."""

from toolkit.publish.describe import describe_document
from toolkit.publish.images import image_inputs
from toolkit.publish.outputs import (
    further_inputs,
    output_info,
    output_names,
    publish_document,
    publish_edition,
)
from toolkit.publish.publication import DocumentEntry, Publication, Published, Register

__all__ = [
    "DocumentEntry",
    "Publication",
    "Published",
    "Register",
    "describe_document",
    "further_inputs",
    "image_inputs",
    "output_info",
    "output_names",
    "publish_document",
    "publish_edition",
]
