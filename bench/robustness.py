"""Mutated files: every one is read, or refused with one sentence.

    .venv/bin/python bench/robustness.py [CASE …] [--json] [--list] [--record]

Cases: docx, pdf, txt (4,000, 3,000 and 3,000 files), long. BONHOA_ROBUSTNESS="COUNT FIRST" asks for so many files of
each from this seed on, to look at other ones than those recorded. A mutated file has 1–6 changes drawn from its seed:
flipped, cut, repeated bytes, parts of the zip, nodes and attributes of the XML, objects of the PDF, odd characters,
other encodings. The work is done in child processes that are watched: a fault is a traceback, more than 5 s of
processor time, more than 500 MB, an answer whose offsets do not fit, or the death of the child. `--list` names the
faults with their seeds. `long` reads PDFs of up to 2,000 pages. Reads files of ../shared/data/documents as material.
"""

from __future__ import annotations

import io
import lzma
import multiprocessing
import os
import random
import re
import resource
import time
import traceback
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

import docx
from lxml import etree

from bonhoa.common.errors import InputError
from bonhoa.documents import read_text
from bonhoa.documents.model import SourceText
from bonhoa.documents.readers import read_source
from bonhoa.documents.readers.package import UNREADABLE_ZIP
from frame import SHARED, Row, main, row

DOCUMENTS = SHARED / "data/documents"
MAX_SECONDS, MAX_MEGABYTES, HARD_BYTES, CHUNK = 5.0, 500, 2 << 30, 50
LISTED: list[str] = []
Mutation = Callable[[bytes, random.Random], bytes]


# --- material --------------------------------------------------------------------------------------------------------


def material(kind: str) -> list[bytes]:
    """Small real files of a kind, and one made here that has what they have not."""
    if kind == "docx":
        names = [
            "nd30-2020/Phuluc2.docx",
            "nd30-2020/Phuluc5.docx",
            "nd30-2020/Phuluc6.docx",
            "docx/Luật-43-2024-QH15.docx",
        ]
        return [_made_docx(), *(p.read_bytes() for n in names if (p := DOCUMENTS / n).exists())]
    if kind == "pdf":
        return [p.read_bytes() for p in sorted((DOCUMENTS / "pdf").glob("*.pdf"), key=lambda p: p.stat().st_size)[:8]]
    files = sorted((DOCUMENTS / "cong-bao").glob("*.txt"), key=lambda p: p.stat().st_size)[:12]
    return [p.read_bytes() for p in files]


def _made_docx() -> bytes:
    """Tracked changes, a field, a list, merged cells, a content control."""
    document, out = docx.Document(), io.BytesIO()
    for i in range(12):
        document.add_paragraph(f"Điều {i}. Cơ quan thực hiện nhiệm vụ được giao trong năm.", "List Number")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "Nhiệm vụ"
    paragraph = document.add_paragraph("Thời hạn: ")
    for tag, inner, words in (("ins", "t", "30 ngày"), ("del", "delText", "20 ngày"), ("sdt", "t", "chờ")):
        change = paragraph._p.makeelement(docx.oxml.ns.qn(f"w:{tag}"), {docx.oxml.ns.qn("w:id"): "1"})
        run = etree.SubElement(change, docx.oxml.ns.qn("w:r"))
        etree.SubElement(run, docx.oxml.ns.qn(f"w:{inner}")).text = words
        paragraph._p.append(change)
    document.save(out)
    return out.getvalue()


# --- mutations -------------------------------------------------------------------------------------------------------


def flip(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    return chance.choice((data[:a], data[b:], data[:a] + data[b:]))


def repeat(data: bytes, chance: random.Random) -> bytes:
    a = chance.randrange(len(data) + 1)
    b = min(len(data), a + chance.randrange(1, 5000))
    return data[:b] + data[a:b] * chance.choice((1, 2, 30)) + data[b:]


ODD_TEXT = (
    *("\0", "\ufffe", "\u202e", "\u0301" * 300, "\ud7ff", "\U0001f600", "\r", "\x0b\x0c\x1c\u2028", "Ð", "İı", "ß"),
    *("Điều 1. " * 200, "khoản 1, 2, " * 300, "(" * 3000, "“" * 500, "1." * 2000, "/" * 2000, "9" * 6000, "|" * 2000),
    *(
        "MẬT",
        "điểm a khoản 1 Điều " * 100,
        "Số: ",
        "Căn cứ ",
        "a" * 100_000,
        "- " * 5000,
        "\n" * 5000,
        " \t\u00a0" * 3000,
    ),
)


def insert_text(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(ODD_TEXT).encode("utf-8", "surrogatepass") + data[at:]


def recode(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    form = chance.choice(("NFD", "NFC", "NFKD"))
    code = chance.choice(("utf-8", "utf-16", "utf-16-le", "cp1258", "latin-1", "utf-8-sig", "utf-32"))
    return unicodedata.normalize(form, text).encode(code, "replace")


def shuffle_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def zip_members(data: bytes, chance: random.Random) -> bytes:
    """Parts left out, doubled, emptied, renamed, exchanged, stored otherwise."""
    parts = _parts(data)
    if not parts:
        return data
    name = chance.choice(list(parts))
    what = chance.randrange(6)
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[name] = b""
    elif what == 2:
        parts["../" * chance.randrange(1, 9) + name] = parts[name]
    elif what == 3:
        parts[name] = parts[chance.choice(list(parts))]
    elif what == 4:
        parts[name] = flip(parts[name], chance)
    else:
        parts[name] = cut(parts[name], chance)
    return _zipped(
        parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    )


def xml_nodes(data: bytes, chance: random.Random) -> bytes:
    """Nodes of a part deleted, doubled, moved, nested, renamed; attributes changed; odd words put in."""
    parts = _parts(data)
    names = [n for n in parts if n.endswith(".xml")]
    if not names:
        return data
    name = "word/document.xml" if "word/document.xml" in parts and chance.random() < 0.6 else chance.choice(names)
    try:
        root = etree.fromstring(parts[name])
    except etree.XMLSyntaxError:
        return data
    for _ in range(chance.choice((1, 5, 40))):
        nodes = [n for n in root.iter() if isinstance(n.tag, str)]
        node, other = chance.choice(nodes), chance.choice(nodes)
        above = node.getparent()
        what = chance.randrange(8)
        if what == 0 and above is not None:
            above.remove(node)
        elif what == 1 and above is not None and len(nodes) < 5000:
            above.insert(chance.randrange(len(above) + 1), etree.fromstring(etree.tostring(node, with_tail=False)))
        elif what == 2 and above is not None and node not in set(other.iterancestors()) and node is not other:
            other.append(node)
        elif what == 3 and node.attrib:
            key = chance.choice(list(node.attrib))
            node.attrib[key] = chance.choice(
                ("", "-1", "0", "99999999999", "²", "x", "true", "9" * 5000, "begin", "end")
            )
        elif what == 4:
            node.text = chance.choice([t for t in ODD_TEXT if t.isprintable()])
        elif what == 5:
            node.tag = other.tag
        elif what == 6 and above is not None:
            wrap = etree.Element(other.tag)
            above.replace(node, wrap)
            wrap.append(node)
        elif what == 7:
            for key in list(node.attrib):
                del node.attrib[key]
    parts[name] = etree.tostring(root)
    return _zipped(parts, zipfile.ZIP_DEFLATED)


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {n: archive.read(n) for n in archive.namelist()}
    except (*UNREADABLE_ZIP, lzma.LZMAError, KeyError):  # broken by a mutation before: there are no parts to change
        return {}


def _zipped(parts: dict[str, bytes], method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf_objects(data: bytes, chance: random.Random) -> bytes:
    """Objects deleted, doubled, their numbers, lengths, names and references changed."""
    found = list(re.finditer(rb"\d+ \d+ obj\b.*?endobj", data, re.DOTALL))
    if not found:
        return data
    one, two = chance.choice(found), chance.choice(found)
    what = chance.randrange(5)
    if what == 0:
        return data[: one.start()] + data[one.end() :]
    if what == 1:
        return data[: one.start()] + two.group() + data[one.end() :]
    if what == 2:
        number = str(chance.choice((0, -1, 1, 2, 3, 99999, 2**31, 10**15))).encode()
        places = list(re.finditer(rb"\d+", one.group()[:2000])) or [re.match(b"", b"")]
        place = chance.choice(places)
        if place is None:
            return data
        return data[: one.start() + place.start()] + number + data[one.start() + place.end() :]
    if what == 3:
        name = chance.choice(
            (b"/Type", b"/Kids", b"/Count", b"/Length", b"/Font", b"/ToUnicode", b"/Filter", b"/Encrypt")
        )
        return data.replace(
            name, chance.choice((b"/Pages", b"/Kids", b"/Parent", b"/X", b"/Encrypt")), chance.choice((1, -1))
        )
    return data[: one.end()] + b"\n" + two.group() + data[one.end() :]


MUTATIONS: dict[str, tuple[Mutation, ...]] = {
    "docx": (flip, cut, repeat, zip_members, zip_members, xml_nodes, xml_nodes, xml_nodes, xml_nodes),
    "pdf": (flip, flip, cut, repeat, insert_text, pdf_objects, pdf_objects, pdf_objects),
    "txt": (flip, cut, repeat, insert_text, insert_text, recode, shuffle_lines),
}


def mutated(kind: str, seed: int, files: list[bytes]) -> bytes:
    """The file of this seed."""
    chance = random.Random(f"{kind} {seed}")
    data = chance.choice(files)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        data = chance.choice(MUTATIONS[kind])(data, chance) or data
    return data


# --- judging ---------------------------------------------------------------------------------------------------------


def judge(data: bytes, name: str, thorough: bool) -> str:
    """ "read", "refused: CODE", or what is wrong."""
    try:
        source = read_source(data, name)
        check(source, thorough and name.endswith(".docx"))
        if thorough:
            document = read_text(source)
            if not 0 <= document.structure.start <= document.structure.end <= len(source.text):
                return "fault: the structure does not fit the text"
    except InputError as error:
        sentences = all("\n" not in s and s.endswith((".", "lại.")) and len(s) > 20 for s in (error.vi, error.en))
        return f"refused: {error.code}" if sentences else f"fault: no sentence for {error.code}"
    except Exception:  # noqa: BLE001 - whatever it is, it is the fault that is looked for
        return "fault: " + " | ".join(traceback.format_exc().strip().splitlines()[-3:])
    return "read"


def check(source: SourceText, places: bool) -> None:
    """Raise ValueError if the offsets of an answer do not fit its text."""
    size = len(source.text)
    for table in source.tables:
        if not 0 <= table.start <= table.end <= size or any(not 0 <= c.start <= c.end <= size for c in table.cells):
            raise ValueError("a table outside the text")
    if any(not 0 <= a <= size for a in source.page_starts) or list(source.page_starts) != sorted(source.page_starts):
        raise ValueError("pages out of order")
    if places:
        found = source.places(0, size)
        if sum(p.end - p.start for p in found) != size and source.raw is None:
            raise ValueError("places do not cover the text")
    if source.raw is not None and source.raw_span(0, size)[1] > len(source.raw):
        raise ValueError("raw span outside the raw text")


# --- watching --------------------------------------------------------------------------------------------------------


def _child(kind: str, seeds: list[int], files: list[bytes], out: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (HARD_BYTES, HARD_BYTES))
    for seed in seeds:
        data = mutated(kind, seed, files)
        out.send((seed, "begun", 0.0, 0.0))
        begun = time.process_time()
        verdict = judge(data, f"a.{kind}", seed % 5 == 0)
        seconds = time.process_time() - begun
        out.send((seed, verdict, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    out.close()


def watched(kind: str, seeds: list[int], files: list[bytes]) -> Iterator[tuple[int, str, float, float]]:
    """(seed, verdict, seconds, megabytes) of each; a child that dies or hangs costs its case only."""
    context = multiprocessing.get_context("fork")
    left = list(seeds)
    while left:
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_child, args=(kind, left[:CHUNK], files, theirs))
        child.start()
        theirs.close()
        current: int | None = None
        try:
            while ours.poll(12 * MAX_SECONDS):  # of wall time: the machine may be busy with other work
                seed, verdict, seconds, megabytes = ours.recv()
                current = seed
                if verdict != "begun":
                    left.remove(seed)
                    current = None
                    yield seed, verdict, seconds, megabytes
            else:
                child.kill()
        except EOFError:
            pass
        child.join()
        if current is not None:
            left.remove(current)
            yield current, f"fault: the child died or hung (exit {child.exitcode})", 0.0, 0.0


def mutations(kind: str, count: int, first: int) -> list[Row]:
    """The rows of one kind of file."""
    files = material(kind)
    verdicts: Counter[str] = Counter()
    slowest = most = 0.0
    for seed, verdict, seconds, megabytes in watched(kind, list(range(first, first + count)), files):
        if seconds > MAX_SECONDS:
            verdict = f"fault: {seconds:.1f} s"
        elif megabytes > MAX_MEGABYTES:
            verdict = f"fault: {megabytes:.0f} MB"
        slowest, most = max(slowest, seconds), max(most, megabytes)
        verdicts[verdict.split(":")[0]] += 1
        if verdict.startswith("fault"):
            LISTED.append(f"{kind} seed {seed}: {verdict}")
    return [
        row(f"{kind}: faults of {count} mutated files", verdicts["fault"], "files"),
        row(f"{kind}: read (the others refused with a sentence)", verdicts["read"], "files"),
        row(f"{kind}: slowest", round(slowest, 2), "s of processor time"),
        row(f"{kind}: most memory of a process that read {CHUNK}", round(most), "MB"),
    ]


def _long(pages: int, data: bytes, out: Connection) -> None:
    begun, told = time.process_time(), 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        told += 1

    source = read_source(data, "long.pdf", progress=progress)
    seconds = time.process_time() - begun
    out.send((len(source.page_starts), told, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def long() -> list[Row]:
    """PDFs of 500 and 2,000 pages, made of the pages of a real one: time, memory, progress."""
    import pypdfium2

    rows = []
    real = DOCUMENTS / "pdf/luat-so-51-2024-qh15-43559.pdf"
    for pages in (500, 2000):
        whole, part = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(real)
        while len(whole) < pages:
            whole.import_pages(part, list(range(min(len(part), pages - len(whole)))))
        stream = io.BytesIO()
        whole.save(stream)
        ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(target=_long, args=(pages, stream.getvalue(), theirs))
        child.start()
        found, told, seconds, megabytes = ours.recv()
        child.join()
        if found != pages or told != pages:
            LISTED.append(f"long: {found} pages and {told} reports of progress of {pages}")
        case = f"PDF of {pages} pages, {len(stream.getvalue()) / 1e6:.0f} MB, progress told {told} times"
        rows += [row(f"{case}: time", round(seconds, 1), "s"), row(f"{case}: memory", round(megabytes), "MB")]
    return rows


COUNT, FIRST = map(int, os.environ.get("BONHOA_ROBUSTNESS", "0 0").split())
CASES: dict[str, Callable[[], list[Row]]] = {
    "docx": lambda: mutations("docx", COUNT or 4000, FIRST),
    "pdf": lambda: mutations("pdf", COUNT or 3000, FIRST),
    "txt": lambda: mutations("txt", COUNT or 3000, FIRST),
    "long": long,
}

if __name__ == "__main__":
    os.nice(5)
    main("robustness", __doc__, CASES, LISTED)
