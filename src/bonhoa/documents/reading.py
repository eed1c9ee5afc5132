"""The first step of the way: a file becomes a `Document`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bonhoa.documents.acts import Acts
from bonhoa.documents.citations import find_citations
from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.metadata import find_metadata
from bonhoa.documents.model import Document, SourceText
from bonhoa.documents.readers import read_source
from bonhoa.documents.readers.word import View
from bonhoa.documents.references import find_references
from bonhoa.documents.relations import find_relations
from bonhoa.documents.resolving import resolved
from bonhoa.documents.structure import find_structure
from bonhoa.documents.validity import find_validity


def read(
    data: bytes,
    filename: str,
    *,
    acts: Acts | None = None,
    on: dt.date | None = None,
    view: View = "accepted",
) -> Document:
    """Read a file (docx, PDF with a text layer, txt, Markdown, HTML); `view`: of tracked changes in a docx.

    Cited acts are looked up in `acts` (default: the shipped register) as of `on` (default: the document's date).
    Raises InputError with one sentence in two languages for whatever cannot be used.
    """
    return resolved(read_text(read_source(data, filename, view=view)), acts or Acts.shipped(), on)


def read_text(source: SourceText) -> Document:
    """What a text alone says; which acts its citations name is asked of a register (`resolving.resolved`)."""
    structure = find_structure(source)
    flow = Flow(source.text)
    metadata = find_metadata(source)
    effective, expires = find_validity(flow, metadata.date)
    metadata = replace(metadata, effective=effective, expires=expires)
    citations = find_citations(flow, metadata)
    return Document(
        text=source.text,
        metadata=metadata,
        structure=structure,
        citations=citations,
        references=find_references(flow, structure, citations, metadata.type),
        relations=find_relations(flow, structure, metadata, citations),
        tables=source.tables,
        notices=source.notices,
    )
