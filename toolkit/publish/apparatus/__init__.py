"""Notes keyed to lines: line numbers, the critical apparatus, series of notes.

Which line a word falls into is known only when the text is set, and the notes of a line take room
from the text of its page. So a document is set twice. The first time it is one page without end,
with no notes: this says where each line stands, and how much room each note needs (``measuring``).
From this the pages are made up (``rows``, ``notes_of_page``, ``pagination``). The second time each
page keeps, by a footnote in one of its lines, just so much room at its foot that it holds the
lines that were given to it; in that room its notes are set. Where the room is tight, the notes of
the page are set by themselves before (``fitting``). What the second pass says is compared with what
was planned and printed (``checking``).
"""
