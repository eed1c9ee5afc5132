"""From a document to task drafts: walk the tree, carry down who is addressed, read each leaf.

The way of a leaf: is its part of the document one that requires anything → what does it inherit (addressee heading,
attribute lines) → its sentences (`sentences.requirements`) → drafts with the words and the rule behind each field.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import regex

from bonhoa.apparatus.names import key
from bonhoa.documents.model import Document, Node, NodeKind
from bonhoa.execution.address import called_at, commanded
from bonhoa.execution.addressees import bodies_only
from bonhoa.execution.attributes import attribute_of, speak_for_all, with_their_lines
from bonhoa.execution.certainty import certainty
from bonhoa.execution.context import Context, Named, Skipped
from bonhoa.execution.deadlines import limits_in
from bonhoa.execution.deliverables import deliverable_in
from bonhoa.execution.formulas import agrees, announces, demands_more, is_closing
from bonhoa.execution.headings import (
    COMMANDS,
    TASK_PART,
    TITLE,
    body_before_colon,
    charged_by_title,
    first_subject,
    heading_line,
    host_of_session,
    names_a_kind,
    without_marker,
)
from bonhoa.execution.labelled_lines import LabelledLines
from bonhoa.execution.model import Reason, TaskDraft
from bonhoa.execution.reasons import because
from bonhoa.execution.rows import deadline_at, draft_of_row, trimmed
from bonhoa.execution.running import Running
from bonhoa.execution.sentences import Requirement, cooperating, finishes, first_sentence, last_sentence, requirements
from bonhoa.execution.standing import is_given_once, lays_down_rules
from bonhoa.execution.tables import TaskTable, task_tables
from bonhoa.execution.vocabulary import words

_READ_PARTS = {NodeKind.BODY, NodeKind.ANNEX, NodeKind.ATTACHED}


def extract(document: Document) -> tuple[TaskDraft, ...]:
    """The task drafts of a document, in the order of the text."""
    return _Walk(document).run()


def explain(document: Document) -> tuple[Skipped, ...]:
    """The parts that were left out, each with its reason."""
    walk = _Walk(document)
    walk.run()
    return tuple(sorted(walk.skipped, key=lambda s: s.start))


class _Walk:
    """One pass over a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.today: dt.date | None = document.metadata.date
        self.cited = sorted((c.start, c.end) for c in document.citations)
        self.tables: list[TaskTable] = task_tables(document)
        self.lines = LabelledLines(self.text, self.today)
        self.standing = False  # the part being read lays down standing rules
        self.reported = document.metadata.number is None  # a press report or an article, not an act
        found = host_of_session(self.text) if document.metadata.type == "Thông báo" else None
        self.host = Named((found[0],), "lead.session", found[1], found[2]) if found else None
        self.drafts: list[TaskDraft] = []
        self.skipped: list[Skipped] = []

    def run(self) -> tuple[TaskDraft, ...]:
        for part in self.document.structure.children:
            if part.kind in _READ_PARTS:
                self.standing = lays_down_rules(self.document, part)
                if self.standing:  # its tables are price lists, forms, steps of procedures
                    self.tables = [t for t in self.tables if not part.start <= t.start < part.end]
                self.children(part, Context())
        for table in self.tables:
            for row in table.rows:
                self.drafts.append(draft_of_row(self.text, row, self.today))
        order = sorted(range(len(self.drafts)), key=lambda i: (self.drafts[i].start, self.drafts[i].end))
        place = {old: new for new, old in enumerate(order)}
        found = []
        for i in order:
            draft, above = self.drafts[i], self.drafts[i].parent
            sure = certainty(draft)
            above = None if above is None else place[above]
            found.append(replace(draft, parent=above, confidence=sure.whole, certainty=sure))
        return tuple(found)

    # --- the tree ----------------------------------------------------------------------------------------------------

    def children(self, node: Node, context: Context) -> None:
        """The children of `node`; plain paragraphs that address somebody speak for the dashes that follow them."""
        following = announced = context
        sisters = self.name_bodies(node.children)
        groups = with_their_lines(node.children, self.lines.labelled)
        for child, attributes in groups:
            if child.kind in {NodeKind.TABLE, NodeKind.QUOTE} or self.in_table(child):
                continue
            inherited = following if child.kind is NodeKind.ITEM else announced
            inherited = self.lines.attributed(attributes, inherited)
            if child.kind is NodeKind.ITEM and child.number is None:
                before = len(self.drafts)
                following = self.paragraph(child, inherited, announced)
                words = Running(self.text, child.start, child.end)
                if announced.lead is None and commanded(words.text) is not None:
                    announced = self.below(words, announced, before)
                if following is not announced and self.text[child.start : child.end].rstrip(" *\n").endswith(":"):
                    announced = following
            else:
                if child.kind is not NodeKind.ITEM:
                    following = announced
                own = self.node(child, inherited, sisters)
                if own is not None and child.kind is not NodeKind.ITEM and not child.children:
                    following = own

    def name_bodies(self, nodes: Sequence[Node]) -> bool:
        """True if most of the headings among `nodes` name bodies, so that the others do."""
        texts = [self.heading(n).text for n in nodes if n.number is not None and n.children]
        named = sum(1 for text in texts if bodies_only(text) is not None)
        return named * 2 >= len(texts) > named

    def heading(self, node: Node) -> Running:
        """The words of a node before its first item, without its marker."""
        first = min((c.start for c in node.children), default=node.end)
        return without_marker(Running(self.text, node.start, first))

    def paragraph(self, node: Node, inherited: Context, outer: Context) -> Context:
        """An unmarked paragraph: a requirement, or the one that announces the following items."""
        own = Running(self.text, node.start, node.end)
        if charged := charged_by_title(own.text):
            name, start, end = charged
            return self.opened(own, start, end, bodies_only(name) or (name,), "lead.heading", inherited, None)
        if TITLE.match(own.text) and len(own.text) < 160:
            self.skip(node, "dòng đề mục, không phải yêu cầu", "a heading, not a requirement")
            return outer
        if own.text.rstrip(" *").endswith(":") and (last := last_sentence(own.text)) > 0:
            if inherited.lead is not None or inherited.obliging:  # else a preamble, which tells
                self.leaf(own.before(last), inherited)
            own = own.behind(last)
        addressed = self.addressed(own, inherited)
        if addressed is not None:
            return addressed
        self.leaf(own, inherited)
        return outer if inherited.lead is None else inherited

    def node(self, node: Node, inherited: Context, sisters: bool = False) -> Context | None:
        """A marked node: heading, addressee, or leaf. Returns the context that an addressee without items opens.

        `sisters`: the headings beside this one name bodies.
        """
        first = min((c.start for c in node.children), default=node.end)
        own = self.heading(node)
        structural = node.kind in {NodeKind.PHAN, NodeKind.CHUONG, NodeKind.MUC, NodeKind.TIEU_MUC, NodeKind.DIEU}
        if (structural or node.children or len(own.text) < 120) and self.is_skipped_heading(own.text, node):
            self.skip(
                node,
                "phần nêu mục đích, yêu cầu, đánh giá; không giao việc cho ai",
                "a part about aims, demands or the past; it charges nobody",
            )
            if (rest := self.demands_within(node)) is not None:
                self.children(rest, replace(inherited, obliging=True))
            return None
        titled = structural or (node.children and not own.text.rstrip().endswith((".", ";", ":")))
        if titled and self.document.metadata.type in _CONCLUSIONS and TASK_PART.search(own.text):
            inherited = replace(inherited, obliging=True, lead=inherited.lead or self.host)
        if titled and _NOT_DRAFTED.match(own.text):
            inherited = replace(inherited, drafting=False)
        dated = titled and node.children and (TASK_PART.search(own.text) or own.text.rstrip(" :").endswith(")"))
        if dated and (limits := limits_in(own.text, self.today)):
            inherited = replace(inherited, deadline=deadline_at(own, limits[-1]))
        if self.lines.is_task_label(node):
            own = self.lines.value(node)
        attributes = [c for child in node.children for c in self.lines.labelled(child)]
        others = [c for c in node.children if not self.lines.labelled(c)]
        if attributes:
            others = [c for c in others if not self.lines.describes(c, own)]
        context = (
            self.lines.attributed(attributes, inherited)
            if attributes and speak_for_all(node, attributes, others)
            else inherited
        )
        if node.children and own.text.rstrip(" *").endswith(":") and (last := last_sentence(own.text)) > 0:
            opening, own = Running(self.text, own.span(0, last)[0], own.span(0, last)[1]), own.behind(last)
            taken = len(self.drafts)
            self.leaf(opening, context)
            context = self.below(opening, context, taken)
        elif (line := heading_line(self.text, own)) is not None and (names := bodies_only(line.text)) is not None:
            context = self.opened(line, 0, len(line.text.rstrip()), names, "lead.heading", context, None)
            own = Running(self.text, line.span(0, len(line.text))[1], first)
        addressed = self.addressed(own, context)
        if sisters and node.children and addressed is None and names_a_kind(own.text):
            end = len(own.text.rstrip(" :"))
            addressed = self.opened(own, 0, end, (own.text[:end].strip(),), "lead.heading", context, None)
        elif node.children and (charged := charged_by_title(own.text)) and bodies_only(own.text) is None:
            addressed = self.opened(own, *charged[1:], (charged[0],), "lead.heading", context, None)
        if addressed is not None and not (attributes and not others and bodies_only(own.text) is None):
            if node.children:
                self.children(node, addressed)
                return None
            return addressed
        if not others:
            self.leaf(
                own, context, sure=self.lines.is_task_label(node) or (bool(attributes) and not own.text.isupper())
            )
            return None
        before = len(self.drafts)
        sentence = not announces(own.text) and own.text.rstrip().endswith((".", ";"))
        if sentence and (not structural or first_subject(own.text, 0)):
            self.leaf(own, context)
        if len(self.drafts) > before:
            pass
        elif subject := body_before_colon(own.text) or first_subject(own.text, 0):
            context = self.opened(
                own, subject.start, subject.end, subject.names, "lead.announced", context, own.text[subject.predicate :]
            )
        context = self.below(own, context, before)
        taken = len(self.drafts)
        self.children(node, replace(context, parent=before if taken > before else context.parent))
        if taken > before:
            self.drop_continuations(node, taken)
        return None

    def demands_within(self, node: Node) -> Node | None:
        """What of a part that praises or aims stands behind "…, thành phố A cần thực hiện các nhiệm vụ sau:"."""
        for at, child in enumerate(node.children):
            text = Running(self.text, child.start, child.end).text
            last = text[max(0, last_sentence(text)) :]
            if child.number is None and announces(last) and TASK_PART.search(last) and _DEMANDS.search(last):
                return replace(node, start=child.start, children=node.children[at:])
        return None

    def below(self, own: Running, context: Context, before: int) -> Context:
        """What the items below a requirement inherit: its bodies, and a limit by which all is to be finished."""
        if len(self.drafts) == before:
            return context
        last = self.drafts[-1]
        reason = next((r for r in last.reasons if r.field == "lead"), None)
        if last.lead and reason and reason.start is not None and reason.end is not None and not context.decided:
            context = replace(context, lead=Named(last.lead, "lead.announced", reason.start, reason.end))
        limit = last.deadline
        if limit is not None and limit.end is not None and finishes(Running(self.text, own.start, limit.end).text):
            context = replace(context, deadline=limit)
        return context

    def drop_continuations(self, node: Node, taken: int) -> None:
        """Unmarked paragraphs below a requirement explain it; only those with another lead or a limit are tasks."""
        plain = [c for c in node.children if c.kind is NodeKind.ITEM and c.number is None]
        lead = self.drafts[taken - 1].lead
        places: dict[int, int] = {}
        kept: list[TaskDraft] = []
        for at, draft in enumerate(self.drafts[taken:], taken):
            explains = any(c.start <= draft.start < c.end for c in plain)
            if explains and draft.lead == lead and draft.deadline is None:
                continue
            places[at] = taken + len(kept)
            if draft.parent is not None and draft.parent >= taken:  # what stood below a dropped one is below the rest
                draft = replace(draft, parent=places.get(draft.parent, taken - 1))
            kept.append(draft)
        self.drafts[taken:] = kept

    def is_skipped_heading(self, text: str, node: Node) -> bool:
        head = _ABOUT.sub("", text.strip(" .:*"))
        if len(head) > 160 or not words().skipped.match(head):
            return False
        return not (bodies_only(head) or COMMANDS.match(head)) and (
            len(head.split()) <= 12 or head.isupper() or bool(node.children)
        )

    def addressed(self, own: Running, inherited: Context) -> Context | None:
        """The context that a heading or an announcing sentence opens, or None if it is neither."""
        text = own.text.strip()
        offset = own.text.find(text)
        if not text:
            return None
        if (names := bodies_only(text)) is not None and not attribute_of(text):
            return self.opened(own, offset, offset + len(text), names, "lead.heading", inherited, None)
        if not text.rstrip("* ").endswith(":"):
            return None
        if inherited.lead is not None and _DIRECTS.match(own.text, offset):
            return inherited  # "Chỉ đạo Chi cục A, Ban B:" below a body: it is that body's work
        subject = first_subject(own.text, offset)
        if subject is None:
            return replace(inherited) if announces(text) else None
        rest = own.text[subject.predicate :]
        if len(rest) > 420 and not announces(text):
            return None
        speaks = len(subject.names) == 1 and self.is_issuer(subject.names[0])
        if (
            announces(text) and not speaks and not agrees(rest) and demands_more(rest)
        ):  # it asks for something of its own, too
            start = called if (called := called_at(own.text, subject.start)) is not None else subject.start
            found = Requirement(
                start,
                len(own.text.rstrip("* :")),
                subject,
                *cooperating(own.text, subject.end, len(own.text), subject),
                None,
                subject.predicate,
            )
            self.draft(own, found, inherited, inherited.parent)
        return self.opened(own, subject.start, subject.end, subject.names, "lead.announced", inherited, rest)

    def opened(
        self,
        own: Running,
        start: int,
        end: int,
        names: tuple[str, ...],
        rule: str,
        inherited: Context,
        rest: str | None,
    ) -> Context:
        if len(names) == 1 and self.is_issuer(names[0]):
            if rest and _ENCLOSES.search(rest):
                return replace(inherited, lead=None, obliging=False)  # what follows are things, not demands
            return inherited  # "Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:" charges nobody
        a, b = own.span(start, end)
        coordinate = None
        if rest:
            shift = own.text.rfind(rest)
            found, at = cooperating(own.text, shift, len(own.text), None)
            if found and at:
                coordinate = Named(found, "coordinate.heading", *own.span(*at))
        return replace(inherited, lead=Named(names, rule, a, b), coordinate=coordinate, decided=False)

    def is_issuer(self, name: str) -> bool:
        issuer = key(self.document.metadata.issuer or "")
        return len(key(name)) > 6 and issuer.startswith(key(name))

    # --- leaves ------------------------------------------------------------------------------------------------------

    def leaf(self, own: Running, context: Context, sure: bool = False) -> None:
        """Read one leaf into drafts. `sure`: attribute lines say that it is a task, whatever its words."""
        closed = own
        own, context = self.lines.closed_by_labels(own, context)
        sure = sure or own is not closed
        text = own.text
        stripped = text.strip(" .;:*+-–/")
        if _RECIPIENTS.match(stripped):
            return
        if not stripped or attribute_of(text.strip()):
            return
        while (closing := first_sentence(text)) and is_closing(text[:closing]):
            self.skip_words(own.before(closing), "câu kết thúc văn bản", "a closing formula")
            own = own.behind(closing)
            text = own.text
            if not text.strip(" .;:*+-–/"):
                return None
        first, last = own.span(0, len(text))
        near = self.cited[bisect.bisect_left(self.cited, (first - 400, 0)) : bisect.bisect_left(self.cited, (last, 0))]
        cited = [(self._back(own, a), self._back(own, b)) for a, b in near if b > first]
        titled = context.lead is not None and context.lead.rule in {"lead.heading", "lead.announced"}
        # an item below a body's name is its task even if its verb is not in the vocabulary
        cites = any(a <= len(text) - len(text.lstrip()) + 2 for a, _ in cited)  # a list of acts
        closed_off = text.rstrip()[-1:] in {".", ";", "/"} or (text[:1].isupper() and len(text.split()) > 5)
        listed = titled and closed_off and not words().past.match(text) and not cites
        found = requirements(
            text,
            self.today,
            cited,
            inherited=context.lead is not None or sure or context.obliging,
            reported=self.reported,
            listed=listed,
        )
        if self.standing:
            given = [r for r in found if is_given_once(text, r)]
            if len(given) < len(found):
                self.skip_words(own, *_FUNCTION)
            for requirement in given:
                self.draft(own, requirement, replace(context, coordinate=None), context.parent)
            return None
        sure = sure or context.decided or listed
        if sure and (not found or context.decided):
            whole = found[0] if len({r.limit.key if r.limit else None for r in found}) == 1 and found else None
            limit = whole.limit if whole else None
            if not found or len(found) == 1:
                subject = found[0].subject if found else None
                coordinate = found[0].coordinate if found else ()
                at = found[0].cooperate_at if found else None
                found = [Requirement(0, len(text), subject, coordinate, at, limit, None)]
        if not found:
            return self.skip_words(
                own, "không có cơ quan nào được giao việc ở đây", "nobody is charged with anything here"
            )
        parent = context.parent
        for requirement in found:
            self.draft(own, requirement, context, parent)

    def draft(self, own: Running, found: Requirement, context: Context, parent: int | None) -> None:
        text = own.text
        start, end = own.span(found.start, trimmed(text, found.start, found.end))
        if end - start < 8:
            return
        lead, reason = self.lead_of(own, found, context, start, end)
        verb = found.verb is not None
        at = own.span(found.verb, found.verb + 1)[0] if found.verb is not None else start
        reasons = [because("task", "task.verb" if verb else "task.listed", at, end), reason]
        coordinate = found.coordinate
        if found.cooperate_at and coordinate:
            reasons.append(because("coordinate", "coordinate.sentence", *own.span(*found.cooperate_at)))
        above = context.coordinate
        own_lead = (
            context.lead is not None and lead != context.lead.names
        )  # it cooperates with its own, if with anybody
        if above is not None and not (own_lead and above.rule == "coordinate.heading"):
            coordinate += tuple(n for n in above.names if n not in coordinate)
            reasons.append(because("coordinate", above.rule, above.start, above.end))
        deadline = deadline_at(own, found.limit) or context.deadline
        if deadline is not None:
            rule = "deadline.inherited" if found.limit is None else "deadline.sentence"
            reasons.append(because("deadline", rule, deadline.start, deadline.end))
        product = context.deliverable
        if product is None and (near := deliverable_in(text[found.start : found.end], named=context.drafting)):
            product = (near[0], *own.span(near[1] + found.start, near[2] + found.start))
        if product is not None:
            reasons.append(because("deliverable", "deliverable.named", product[1], product[2]))
        named = product[0] if product else None
        coordinate = tuple(n for n in coordinate if n not in lead)
        drafted = TaskDraft(start, end, lead, coordinate, deadline, named, parent, reasons=tuple(reasons))
        self.drafts.append(drafted)

    def lead_of(
        self, own: Running, found: Requirement, context: Context, start: int, end: int
    ) -> tuple[tuple[str, ...], Reason]:
        """Who must answer: the attribute line, else the subject of the sentence, else what is inherited."""
        subject = found.subject
        above = context.lead
        if (
            above is not None
            and above.rule == "lead.heading"
            and subject is not None
            and _ASKS.match(own.text, found.start)
        ):
            return above.names, because("lead", above.rule, above.start, above.end)  # it is the body that asks others
        general = subject is None or regex.match(r"(?:[Cc]ác\s+)?(?:cơ quan|đơn vị)", subject.names[0]) is not None
        if subject is not None and not (context.decided and general):
            a, b = own.span(subject.start, subject.end)
            return subject.names, because("lead", "lead.subject" if start <= a < end else "lead.sentence_before", a, b)
        if above is not None:
            return above.names, because("lead", above.rule, above.start, above.end)
        return (), because("lead", "lead.none", start, end)

    # --- small things ------------------------------------------------------------------------------------------------

    def in_table(self, node: Node) -> bool:
        return any(t.start <= node.start < t.end for t in self.tables)

    def _back(self, own: Running, at: int) -> int:
        """The offset in `own.text` of offset `at` of the document."""
        low, high = 0, len(own.text)
        while low < high:
            middle = (low + high) // 2
            if own.span(middle, middle + 1)[0] < at:
                low = middle + 1
            else:
                high = middle
        return low

    def skip(self, node: Node, vi: str, en: str) -> None:
        self.skipped.append(Skipped(node.start, node.end, vi, en))

    def skip_words(self, own: Running, vi: str, en: str) -> None:
        self.skipped.append(Skipped(*own.span(0, len(own.text)), vi, en))


_FUNCTION = (
    "quy định chung của văn bản: việc thường xuyên là chức năng, không phải nhiệm vụ được giao",
    "a standing rule of the act: what a body does whenever the case arises is its function, not a task given to it",
)
_ENCLOSES = regex.compile(r"^\s*(?:xin\s+)?(?:gửi(?:\s+kèm)?|đính\s+kèm|kèm)\s[^:]*:\s*$")
_CONCLUSIONS = {"Thông báo", "Kết luận"}  # what a session concluded, told by the office that kept its minutes
_DEMANDS = regex.compile(r"(?<![\p{L}])(?:cần|phải|yêu cầu|đề nghị|giao)(?![\p{L}])")
_ABOUT = regex.compile(r"^Về\s+(?:việc\s+)?")
_RECIPIENTS = regex.compile(r"(?:Đồng )?(?:kính )?gửi\s*:", regex.I)
_NOT_DRAFTED = regex.compile(
    r"\s*(?:Tham gia|Góp ý|Phối hợp|Tổ chức (?:triển khai|thực hiện)|Triển khai|Phổ biến|Tuyên truyền|Rà soát"
    r"|Quán triệt)\s",
    regex.I,
)
_DIRECTS = regex.compile(r"Chỉ đạo\s")
_ASKS = regex.compile(r"\s*(?:Yêu cầu|Đề nghị|Hướng dẫn|Đôn đốc|Phân công|Chỉ đạo)\s")
