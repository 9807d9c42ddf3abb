"""The publishing room: reading editions from TEI, by stylesheets."""

from toolkit.publish.describe import describe_document
from toolkit.publish.description import (
    Description,
    description_from_json,
    description_of,
    description_to_json,
)
from toolkit.publish.earlier import Earlier
from toolkit.publish.images import image_addresses, image_inputs
from toolkit.publish.outputs import (
    further_inputs,
    output_info,
    output_names,
    publish_document,
    publish_edition,
)
from toolkit.publish.print_settings import print_settings
from toolkit.publish.publication import DocumentEntry, Publication, Published, Register
from toolkit.publish.record import DocumentRecord, record_path
from toolkit.publish.selection import Selection
from toolkit.publish.signs import signs_of

__all__ = [
    "Description",
    "DocumentEntry",
    "DocumentRecord",
    "Earlier",
    "Publication",
    "Published",
    "Register",
    "Selection",
    "describe_document",
    "description_from_json",
    "description_of",
    "description_to_json",
    "further_inputs",
    "image_addresses",
    "image_inputs",
    "output_info",
    "output_names",
    "print_settings",
    "publish_document",
    "publish_edition",
    "record_path",
    "signs_of",
]
