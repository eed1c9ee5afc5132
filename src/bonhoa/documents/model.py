"""What reading a document yields. Frozen values; the system stores `Document.to_json()` whole.

Every `start`/`end` counts characters of `Document.text`, so `text[start:end]` is the evidence.
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bonhoa.common.labels import Labelled
from bonhoa.documents.offsets import NormalView, Origin, Place

SCHEMA_VERSION = 1


class NodeKind(Labelled):
    """Kinds of structure nodes; the codes are the Vietnamese words of the trade."""

    DOCUMENT = "document", "văn bản", "document"
    HEADER = "header", "phần đầu", "header"
    CAN_CU = "can_cu", "căn cứ", "legal basis"
    BODY = "body", "nội dung", "body"
    PHAN = "phan", "phần", "part"
    CHUONG = "chuong", "chương", "chapter"
    MUC = "muc", "mục", "section"
    TIEU_MUC = "tieu_muc", "tiểu mục", "subsection"
    DIEU = "dieu", "điều", "article"
    KHOAN = "khoan", "khoản", "clause"
    DIEM = "diem", "điểm", "point"
    TIET = "tiet", "tiết", "sub-point"
    ITEM = "item", "mục gạch đầu dòng", "item"
    TABLE = "table", "bảng", "table"
    QUOTE = "quote", "nội dung sửa đổi được trích", "quoted amendment"
    ANNEX = "annex", "phụ lục", "annex"
    ATTACHED = "attached", "văn bản kèm theo", "attached document"
    SIGNATURE = "signature", "phần ký", "signature"
    RECIPIENTS = "recipients", "nơi nhận", "recipients"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Data of the document itself; null where the text does not say."""

    type: str | None = None
    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    signer: str | None = None
    subject: str | None = None
    authority: str | None = None
    """In what quality the signer signs, as printed: "TM.", "KT.", "TL.", "TUQ.", "Q."; None for in his own right."""
    office: str | None = None
    """The signer's office as printed under or beside it: "PHÓ CHỦ TỊCH"."""
    urgency: str | None = None
    """"Khẩn", "Thượng khẩn", "Hỏa tốc", as marked on the document."""
    recipients: tuple[str, ...] = ()
    effective: dt.date | None = None
    """The first day on which the act applies, by its own words."""
    expires: dt.date | None = None
    """The first day on which it applies no longer, by its own words."""


@dataclass(frozen=True, slots=True)
class Node:
    """One place of the structure; `number` is the bare token ("5", "7a", "II", "đ", "-", "+") or None."""

    kind: NodeKind
    number: str | None
    heading: str | None
    start: int
    end: int
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention that identifies another act or one of its provisions (rule book: shared/gold/README.md)."""

    start: int
    end: int
    kind: str | None
    number: str | None
    date: dt.date | None
    provision: str | None
    target: str | None = None
    """The key of the act in the register (`acts.Act.key`); None where it is not known or not sure which."""
    name: str | None = None
    """Of an act cited by its name: the name without the kind, with its year if printed ("Đất đai năm 2013")."""
    same_as: int | None = None
    """Of a short form that the text defines ("sau đây gọi tắt là …"): the index of the citation it stands for."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a place in this act; `target` is the node path ("dieu-7/khoan-2/diem-a") or None."""

    start: int
    end: int
    provision: str
    target: str | None = None


class RelationKind(Labelled):
    """What an act does to another it cites."""

    BASED_ON = "based_on", "căn cứ vào", "based on"
    IMPLEMENTS = "implements", "thực hiện", "carries out"
    GUIDES = "guides", "quy định chi tiết, hướng dẫn", "details"
    AMENDS = "amends", "sửa đổi, bổ sung", "amends"
    REPLACES = "replaces", "thay thế", "replaces"
    REPEALS = "repeals", "bãi bỏ", "repeals"
    CITES = "cites", "dẫn chiếu", "cites"


@dataclass(frozen=True, slots=True)
class Relation:
    """What this act does to the act named by `Document.citations[citation]`; `effective`: the day that one ends."""

    kind: RelationKind
    citation: int
    effective: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the result should know; not an error."""

    code: str
    vi: str
    en: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its span in the text; merged cells stand once, at their first place."""

    start: int
    end: int
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table found by a reader: its span and its cells in reading order."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A line of the file that is no part of the text: a running head, a page number, the stamp of a signature.

    `page` counts from 1, None where the format has no pages.
    """

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text as read from a file, and where each of its characters stands in that file.

    Spans of everything found count in `text`; `normal` is the view on which patterns match, `raw` the decoded file.
    """

    text: str
    format: str
    """"docx", "pdf", "txt", "md" or "html"."""
    tables: tuple[Table, ...] = ()
    page_starts: tuple[int, ...] = ()
    """`page_starts[i]` is the offset at which page i+1 begins (empty if unknown)."""
    notices: tuple[Notice, ...] = ()
    removed: tuple[Removed, ...] = ()
    raw: str | None = field(default=None, repr=False)
    """The decoded file where it is not `text` itself: other line ends, a legacy encoding."""
    origin: Origin | None = field(default=None, repr=False, compare=False)

    @property
    def normal(self) -> NormalView:
        """The text in NFC with single blanks; its `span` leads back to spans of `text`."""
        return NormalView(self.text)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `raw` that text[start:end] was read from (txt; elsewhere `places` or `pages` say where)."""
        return (start, end) if self.origin is None else self.origin.back.span(start, end)

    def pages(self, start: int, end: int) -> range:
        """The pages, from 1, on which text[start:end] stands; empty where the format has no pages."""
        if not self.page_starts:
            return range(0)
        first = bisect.bisect_right(self.page_starts, start)
        return range(max(1, first), max(first, bisect.bisect_left(self.page_starts, max(start + 1, end))) + 1)

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """The runs of a docx from which text[start:end] was read, in order; empty for other formats."""
        return () if self.origin is None else self.origin.places(start, end)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its text and everything found in it."""

    text: str
    metadata: Metadata
    structure: Node
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    relations: tuple[Relation, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """A JSON object that holds everything but the text itself, with `schema_version`."""
        data: dict[str, Any] = as_json(dataclasses.asdict(self))
        del data["text"]
        return {"schema_version": SCHEMA_VERSION, **data}


def as_json(value: Any) -> Any:
    """`value` with dates as ISO strings, enums as their values and tuples as lists."""
    if isinstance(value, Labelled):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(v) for v in value]
    return value
