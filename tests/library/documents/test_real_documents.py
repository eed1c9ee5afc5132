"""Real acts, where they are at hand: counts that are known, and nothing that is not a document or one clear sentence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bonhoa.common.errors import InputError
from bonhoa.documents import read
from bonhoa.documents.model import NodeKind, SourceText
from bonhoa.documents.structure import find_structure


def test_the_decree_on_documents_has_its_38_articles(shared: Path) -> None:
    path = shared / "data/documents/nd30-2020/30_2020_ND_CP.docx"
    kinds = Counter(node.kind for node in read(path.read_bytes(), path.name).structure.walk())
    wanted = {NodeKind.CHUONG: 7, NodeKind.MUC: 5, NodeKind.DIEU: 38, NodeKind.KHOAN: 116, NodeKind.DIEM: 94}
    assert {kind: kinds[kind] for kind in wanted} == wanted


def test_the_decree_with_its_annexes_keeps_the_forms_in_the_annexes(shared: Path) -> None:
    folder = shared / "data/documents/nd30-2020"
    files = [folder / "30_2020_ND_CP.docx", *sorted(folder.glob("Phuluc*.docx"))]
    text = "\n".join(read(path.read_bytes(), path.name).text for path in files)
    root = find_structure(SourceText(text, "txt"))
    bodies = [n for n in root.children if n.kind is NodeKind.BODY]
    assert len(bodies) == 1
    kinds = Counter(node.kind for node in bodies[0].walk())
    wanted = {NodeKind.CHUONG: 7, NodeKind.MUC: 5, NodeKind.DIEU: 38, NodeKind.KHOAN: 116, NodeKind.DIEM: 94}
    assert {kind: kinds[kind] for kind in wanted} == wanted
    annexes = [n for n in root.children if n.kind is NodeKind.ANNEX]
    assert [n.number for n in annexes] == ["I", "II", "III", "IV", "V", "VI"]
    assert any(n.kind is NodeKind.DIEU for annex in annexes for n in annex.walk())


def test_scans_among_the_pdfs_are_named_as_such(shared: Path) -> None:
    refused = {}
    for path in sorted((shared / "data/documents/pdf").glob("*.pdf")):
        try:
            assert read(path.read_bytes(), path.name).text.strip()
        except InputError as error:
            refused[path.name] = error.code
    assert len(refused) == 3
    assert set(refused.values()) == {"scan"}


@pytest.mark.parametrize("folder", ["gold/dev", "data/documents/nd30-2020", "data/documents/docx"])
def test_every_document_reads_or_says_why_not(shared: Path, folder: str) -> None:
    for path in sorted((shared / folder).iterdir()):
        if path.suffix == ".json":
            continue
        try:
            document = read(path.read_bytes(), path.name)
        except InputError as error:
            assert path.suffix == ".doc" and error.vi and error.en
            continue
        assert document.structure.start == 0 and document.structure.end == len(document.text)
        for citation in document.citations:
            assert document.text[citation.start : citation.end].strip()
