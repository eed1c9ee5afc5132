"""The structure of a document on its page: a tree that folds without JavaScript, anchors in the text, paths to them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from bonhoa.documents.model import Node, NodeKind
from bonhoa.documents.places import address_of, addresses, way_to

_SECTIONS = frozenset(
    {
        NodeKind.PHAN,
        NodeKind.CHUONG,
        NodeKind.MUC,
        NodeKind.TIEU_MUC,
        NodeKind.DIEU,
        NodeKind.ANNEX,
        NodeKind.ATTACHED,
    }
)
_SMALL = 60  # lines of a tree that is shown unfolded
_LABEL = 110  # characters


class Places:
    """The nodes of a structure by address and by offset."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self._addresses = addresses(root)

    def path_at(self, offset: int) -> str:
        """The address of the smallest place that holds an offset; "can_cu", "header" … where it has no number."""
        way = way_to(self.root, offset)
        return address_of(way) or next((str(n.kind) for n in reversed(way[1:]) if n.kind is not NodeKind.BODY), "")

    def anchor(self, address: str | None) -> str | None:
        """The anchor of an address ("o1234"), None if there is no such place, or several."""
        node = self._addresses.get(address) if address else None
        return None if node is None else f"o{node.start}"

    def anchors(self) -> list[int]:
        """Where the anchors of the text stand: at every place with a number, and every annex."""
        return sorted({n.start for n in self.root.walk() if n.number is not None or n.kind in _SECTIONS})


def path_words(path: str, language: str) -> str:
    """ "dieu-5/khoan-2/diem-a" as people say it: "điểm a khoản 2 Điều 5"; in English "Article 5, clause 2, point a"."""
    steps = []
    for step in path.split("/") if path else []:
        kind, _, number = step.partition("-")
        label = NodeKind.of(kind).label(language)
        label = label.capitalize() if kind in ("dieu", "phan", "chuong") or language.startswith("en") else label
        steps.append(f"{label} {number}".strip())
    return ", ".join(steps) if language.startswith("en") else " ".join(reversed(steps))


def tree(root: Node, text: str, language: str) -> tuple[SafeString, int]:
    """The tree as nested lists, each section a <details>, every line a link to its anchor; and how many lines it has.

    Sections down to the articles; of a text without articles also its numbered paragraphs that have parts.
    """
    articles = any(n.kind is NodeKind.DIEU for n in root.walk())

    def shown(node: Node) -> bool:
        return node.kind in _SECTIONS or (not articles and node.kind is NodeKind.KHOAN)

    lines = sum(shown(n) for n in root.walk() if n.number or n.heading)
    opened = " open" if lines <= _SMALL else ""
    out: list[str] = []

    def write(node: Node) -> None:
        below = [n for n in _nearest(node, shown) if n.number or n.heading]
        if not below:
            return
        out.append("<ul>")
        for child in below:
            line = f'<a href="#o{child.start}">{escape(_label(child, text, language))}</a>'
            if any(True for _ in _nearest(child, shown)):
                out.append(f"<li><details{opened}><summary>{line}</summary>")
                write(child)
                out.append("</details></li>")
            else:
                out.append(f"<li>{line}</li>")
        out.append("</ul>")

    write(root)
    return mark_safe("".join(out)), lines  # noqa: S308 - labels are escaped, the rest is ours


def _nearest(node: Node, shown: object) -> Iterator[Node]:
    """The shown nodes below `node` with no other shown one between."""
    for child in node.children:
        if shown(child):  # type: ignore[operator]
            yield child
        else:
            yield from _nearest(child, shown)


def _label(node: Node, text: str, language: str) -> str:
    label = node.kind.label(language)
    words = node.heading or ""
    if node.kind is NodeKind.KHOAN:
        label, words = "", words or text[node.start : node.start + 2 * _LABEL].partition("\n")[0]
        if node.number and words.startswith(node.number):
            return _short(words)
    head = " ".join(x for x in (label.capitalize(), node.number) if x)
    return _short(f"{head}. {words}" if words and head and not words.startswith(head) else words or head)


def _short(words: str) -> str:
    return words if len(words) <= _LABEL else words[:_LABEL].rsplit(" ", 1)[0] + " …"
