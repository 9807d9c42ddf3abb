"""Where a built edition can be looked at."""

from __future__ import annotations

from toolkit.edition import Edition
from toolkit.publish import output_info

_DOCUMENTS_LISTED = 5


def where_it_lies(edition: Edition) -> str:
    """Return where a built edition can be looked at."""
    lines = [f"“{edition.title}” lies here:"]
    start_page = edition.output / "index.html"
    if start_page.is_file():
        lines.append(f"  start page   {start_page}")
    files = edition.tei_files()
    for file in files[:_DOCUMENTS_LISTED]:
        lines.append(f"  {file.stem}")
        lines.append(f"    TEI        {file}")
        for output in edition.outputs:
            suffix, label = output_info()[output]
            published = edition.output / f"{file.stem}.{suffix}"
            if published.is_file():
                lines.append(f"    {label:<10} {published}")
    if len(files) > _DOCUMENTS_LISTED:
        lines.append(f"  and {len(files) - _DOCUMENTS_LISTED} more in {edition.output}")
    volumes = sorted((edition.output / "edition").glob("volume.*"))
    lines += ["  all documents in one volume"] if volumes else []
    lines += [f"    {volume.suffix[1:].upper():<10} {volume}" for volume in volumes]
    return "\n".join(lines)
