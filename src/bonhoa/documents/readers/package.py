"""Opening a docx as what it is, a zip of XML from somebody unknown: sizes bounded, no entities, no network."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Literal, NamedTuple

from lxml import etree

from bonhoa.common.errors import InputError

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PART = 120 * 1024 * 1024
MAX_RATIO = 400
MAX_ENTRIES = 5000
MAX_TREE = 300 * 1024 * 1024
"""Largest tree that is built of one part, in bytes as estimated; it keeps the whole reading under 500 MB."""

UNREADABLE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What zipfile raises on a damaged archive, by its source and by experience (bench/robustness.py)."""

_MAIN = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
# What a reader of text needs of properties: tracked changes, hidden text, fonts of old encodings. All other properties
# of runs are cut out before the part is parsed, of paragraphs all but style and number: two thirds of the file.
_NEEDED = (
    *(b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ", b"Change ", b"<w:vanish"),
    *(b'=".V', b'=".v', b'="VNI', b'="Vni', b'="vni'),
)
# Two runs of words that stand side by side: Word cuts a sentence into dozens.
_BETWEEN_RUNS = re.compile(rb"</w:t></w:r><w:r(?: [^<>]*)?><w:t(?: [^<>]*)?>")
_KEPT = re.compile(rb"<w:pStyle [^>]*>|<w:numPr>.*?</w:numPr>", re.DOTALL)

Keep = Literal["all", "runs", "words"]
"""Of a part everything; without its layout; without its layout and with neighbouring runs of words as one."""


class Relation(NamedTuple):
    """One relationship of a part: the last word of its type ("footnotes", "header") and the part it leads to."""

    kind: str
    target: str


class Package:
    """The XML parts of a docx. Raises InputError("zip_bomb" | "entities" | "encrypted" | "damaged" | "too_complex")."""

    def __init__(self, data: bytes, filename: str) -> None:
        self.filename = filename
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except UNREADABLE_ZIP:
            raise self._damaged() from None
        total = sum(e.file_size for e in entries)
        worst = max((e.file_size / max(e.compress_size, 1) for e in entries if e.file_size > 1024 * 1024), default=0)
        if total > MAX_UNPACKED or worst > MAX_RATIO or len(entries) > MAX_ENTRIES:
            raise InputError(
                "zip_bomb",
                f"Tệp “{filename}” bung ra quá lớn so với dung lượng (nghi tệp nén phá hoại); không mở. Hãy xin "
                f"lại tệp gốc.",
                f'The file "{filename}" unpacks to far more than its size (a zip bomb?) and was not opened; '
                "ask for the original again.",
            )
        if any(e.flag_bits & 1 for e in entries):
            raise InputError(
                "encrypted",
                f"Tệp “{filename}” có mật khẩu; hãy gỡ mật khẩu rồi tải lên.",
                f'The file "{filename}" is protected by a password; remove it and upload again.',
            )
        self._entries = {e.filename: e for e in entries}

    def part(self, name: str, keep: Keep = "all") -> etree._Element | None:
        """The root element of part `name`, or None; `keep` may leave out what a reader of text has no use for."""
        data = self._bytes(name)
        if data is None:
            return None
        if keep != "all":
            data = _without_layout(data, keep)
        if len(data) > MAX_TREE / 60 and 150 * data.count(b"<") + 220 * data.count(b"=") + 2 * len(data) > MAX_TREE:
            raise self._too_complex()
        # The encoding is settled above; a tree is as deep as libxml2 allows, for forms nest tables in tables.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, encoding="utf-8"
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise (self._too_complex() if "depth" in str(error) else self._damaged()) from None

    def _bytes(self, name: str) -> bytes | None:
        """Part `name` as UTF-8 without entities, or None if there is none."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:  # the only ones of the format
            raise self._damaged()
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(MAX_PART + 1)
        except (KeyError, *UNREADABLE_ZIP):
            raise self._damaged() from None
        if len(data) > MAX_PART:
            raise self._too_complex()
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = data.decode("utf-16", "replace").encode()
        if b"<!" in data and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
            raise self._entities()
        if _STRICT in data[:8192]:  # "Strict Open XML" of Word differs only in its names
            data = data.replace(_STRICT, _MAIN)
        return data

    def names(self, *prefixes: str) -> list[str]:
        """The parts whose names begin with one of `prefixes`."""
        return sorted(n for n in self._entries if n.startswith(prefixes))

    def main(self) -> str:
        """The name of the document part; Word calls it word/document.xml, others need not."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self._entries:
                return relation.target
        return "word/document.xml"

    def relations(self, part: str) -> dict[str, Relation]:
        """id → what `part` refers to inside the package ("" for the package itself)."""
        folder, base = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for element in () if root is None else root.iter("{*}Relationship"):
            target = element.get("Target") or ""
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if element.get("TargetMode") != "External":
                found[element.get("Id") or ""] = Relation((element.get("Type") or "").rpartition("/")[2], path)
        return found

    def _entities(self) -> InputError:
        return InputError(
            "entities",
            f"Tệp “{self.filename}” chứa khai báo thực thể XML, tệp Word bình thường không có; không mở. "
            "Hãy lưu lại bằng Word.",
            f'The file "{self.filename}" declares XML entities, as no ordinary Word file does, and was not opened; '
            "save it again with Word.",
        )

    def _damaged(self) -> InputError:
        return InputError(
            "damaged",
            f"Tệp “{self.filename}” bị hỏng, không mở được; hãy xin lại tệp gốc hoặc lưu lại bằng Word.",
            f'The file "{self.filename}" is damaged and cannot be opened; ask for the original or '
            "save it again with Word.",
        )

    def _too_complex(self) -> InputError:
        return InputError(
            "too_complex",
            f"Tệp “{self.filename}” lồng quá nhiều lớp hoặc có quá nhiều phần tử để đọc an toàn; hãy tách phụ lục, "
            "biểu mẫu thành tệp riêng.",
            f'The file "{self.filename}" nests too deep or has too many elements to be read safely; split annexes and '
            "forms off into files of their own.",
        )


def _without_layout(data: bytes, keep: Keep) -> bytes:
    """The part without the properties that say only how it looks; whole where a comment or CDATA may hold such words
    as text, or properties stand within properties."""
    if b'xmlns:w="' + _MAIN + b'"' not in data[:8192] or b"<!" in data:
        return data
    short = _shortened(data, b"<w:rPr>", b"</w:rPr>", lambda properties: b"")
    short = short and _shortened(short, b"<w:pPr>", b"</w:pPr>", lambda properties: b"".join(_KEPT.findall(properties)))
    if short is None:
        return data
    # a run whose properties were kept must not take in the words of its neighbour
    return _BETWEEN_RUNS.sub(b"", short) if keep == "words" and b"<w:rPr>" not in short else short


def _shortened(data: bytes, begin: bytes, end: bytes, shorten: Callable[[bytes], bytes]) -> bytes | None:
    """`data` with all between `begin` and `end` shortened, but what is needed kept; None if they nest.

    Word writes the same few properties again and again: each is looked at once.
    """
    first, *rest = data.split(begin)
    cut = [piece.partition(end) for piece in rest]
    if not all(found for _, found, _ in cut):
        return None
    unlike = {properties for properties, _, _ in cut}
    joined = b"".join(unlike)
    needed = [words for words in _NEEDED if words in joined]  # mostly none
    known: dict[bytes, bytes] = {}
    for properties in unlike:
        kept = properties if any(words in properties for words in needed) else shorten(properties)
        known[properties] = begin + kept + end if kept else b""
    return first + b"".join([known[properties] + after for properties, _, after in cut])
