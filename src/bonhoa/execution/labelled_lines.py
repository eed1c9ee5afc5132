"""The labelled lines of a document ("Cơ quan chủ trì: …") as nodes of its tree, and what they change for a task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import regex

from bonhoa.documents.model import Node, NodeKind
from bonhoa.execution.addressees import bodies_only, split_bodies
from bonhoa.execution.attributes import Attribute, attribute_of, attributes_behind, attributes_in
from bonhoa.execution.context import Context, Named
from bonhoa.execution.deadlines import limit_of_attribute
from bonhoa.execution.deliverables import is_product
from bonhoa.execution.headings import first_subject, named_in, without_marker
from bonhoa.execution.rows import deadline_at
from bonhoa.execution.running import Running
from bonhoa.execution.vocabulary import words

_IN_BRACKETS = regex.compile(  # "… (Sở A chủ trì; phối hợp: Sở B)", "… (Sở A chủ trì, Sở B phối hợp)"
    r"\s*\((?P<lead>[^():]{3,160}?)\s+chủ trì"
    r"(?:\s*[;,]\s*(?:phối hợp(?:\s+với)?\s*:?\s*|cùng\s+(?:với\s+)?)?(?P<others>[^()]+?)"
    r"(?:\s+(?:cùng\s+)?phối hợp)?)?\)[\s.;/]*$"
)


class LabelledLines:
    """The labelled lines of one text; each node is looked at once."""

    def __init__(self, text: str, today: dt.date | None) -> None:
        self._text = text
        self._today = today
        self._labels: dict[int, tuple[Attribute, int] | None] = {}
        self._found: dict[tuple[int, int], list[Node]] = {}

    def attribute(self, node: Node) -> tuple[Attribute, int] | None:
        """What a labelled line says, with the offset of its value in the line's running text."""
        if node.kind not in {NodeKind.ITEM, NodeKind.DIEM, NodeKind.KHOAN, NodeKind.TIET}:
            return None
        if node.start not in self._labels:
            end = min(node.end, node.start + 400)
            colon = self._text.find(":", node.start, end)
            loose = self._text.find("Thời", node.start, min(end, node.start + 20))
            own = without_marker(Running(self._text, node.start, end)) if colon >= 0 or loose >= 0 else None
            self._labels[node.start] = attribute_of(own.text) if own else None
        return self._labels[node.start]

    def is_task_label(self, node: Node) -> bool:
        found = self.attribute(node)
        return found is not None and found[0] is Attribute.TASK

    def labelled(self, node: Node) -> list[Node]:
        """The attribute lines that `node` is or only consists of ("Cơ quan thực hiện: – chủ trì: … – phối hợp: …")."""
        if (node.start, node.end) not in self._found:
            self._found[node.start, node.end] = self._labelled_anew(node)
        return self._found[node.start, node.end]

    def _labelled_anew(self, node: Node) -> list[Node]:
        found = self.attribute(node)
        if found is None or found[0] is Attribute.TASK:
            return []
        below = [c for child in node.children for c in self.labelled(child)]
        if not below and any(
            first_subject(without_marker(Running(self._text, c.start, c.end)).text, 0) for c in node.children
        ):
            return []  # "Thời gian thực hiện: + Các bộ gửi … trước ngày …": the items are tasks
        return below or [node]

    def describes(self, node: Node, own: Running) -> bool:
        """True if a line "Nội dung: …" below `own` says what a task is about that `own` already names."""
        found = self.attribute(node)
        head = own.text.strip()
        if found is None or found[0] is not Attribute.TASK or node.children:
            return False
        verb = words().verb.match(head[:1].lower() + head[1:])
        content = self.value(node).text.strip()
        return is_product(head) or bool(verb and not words().verb.match(content[:1].lower() + content[1:]))

    def value(self, node: Node) -> Running:
        """The value of a labelled line, without the items below it."""
        end = min((c.start for c in node.children), default=node.end)
        own = without_marker(Running(self._text, node.start, end))
        found = attribute_of(own.text)
        return own.behind(found[1]) if found else own

    def attributed(self, attributes: Sequence[Node], context: Context) -> Context:
        """`context` as the labelled lines change it."""
        for node in attributes:
            if self.attribute(node) is not None:
                end = min((c.start for c in node.children), default=node.end)
                context = self.told(without_marker(Running(self._text, node.start, end)), context)
        return context

    def told(self, line: Running, context: Context) -> Context:
        """`context` as the labelled values that `line` consists of change it."""
        for kind, start, end in attributes_in(line.text):
            value = line.before(end).behind(start)
            text = value.text.strip().rstrip(".;")
            text = text.removesuffix(")") if text.count(")") > text.count("(") else text
            span = value.span(0, len(value.text[: value.text.find(text) + len(text)]))
            if not text:
                continue
            if kind is Attribute.LEAD:
                names = bodies_only(text) or bodies_only(text.split(";")[0]) or named_in(text)
                if names:
                    context = replace(context, lead=Named(names, "lead.attribute", *span), decided=True)
            elif kind is Attribute.COORDINATE:
                context = replace(
                    context, coordinate=Named(bodies_only(text) or split_bodies(text), "coordinate.attribute", *span)
                )
            elif kind is Attribute.DEADLINE:
                context = replace(context, deadline=deadline_at(value, limit_of_attribute(text, self._today)))
            elif kind is Attribute.DELIVERABLE:
                context = replace(context, deliverable=(text, *span))
        return context

    def closed_by_labels(self, own: Running, context: Context) -> tuple[Running, Context]:
        """A paragraph without the labelled values that close it, and `context` as these change it."""
        if (told := _IN_BRACKETS.search(own.text)) and (names := bodies_only(told["lead"])):
            context = replace(context, lead=Named(names, "lead.attribute", *own.span(*told.span("lead"))), decided=True)
            if told["others"]:
                others = Named(split_bodies(told["others"]), "coordinate.attribute", *own.span(*told.span("others")))
                context = replace(context, coordinate=others)
            return own.before(told.start()), context
        cut = attributes_behind(own.text)
        if cut is None:
            return own, context
        return own.before(len(own.text[:cut].rstrip(" ("))), self.told(own.behind(cut), context)
