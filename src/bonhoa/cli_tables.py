"""What the commands print for a person: rich tables, Vietnamese first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bonhoa.apparatus.model import CheckStatus, Unit
from bonhoa.documents.model import Document
from bonhoa.execution.compare import ChangeKind, TaskChange, count
from bonhoa.execution.model import Plan, TaskDraft

if TYPE_CHECKING:
    from bonhoa.apparatus.audit.auditing import Audit, Finding
    from bonhoa.apparatus.audit.words import Rule
    from bonhoa.cli_hints import Hint
    from bonhoa.execution.context import Skipped
    from bonhoa.reports.compare_table import ComparisonLine
    from bonhoa.reports.tables import Value

_SHORT = 160  # characters of a task shown in a table
_DAY = 10  # characters of dd/mm/yyyy, never broken
_LONGEST_LIMIT = 18  # width of a deadline in words


def show_document(console: Console, name: str, document: Document, drafts: Sequence[TaskDraft], lang: str) -> None:
    """Metadata, counts and the tasks of a document."""
    meta = document.metadata
    _title(console, name, lang, document)
    _line(console, lang, "Cơ quan ban hành", "Issuer", meta.issuer)
    _line(console, lang, "Người ký", "Signer", meta.signer)
    _line(console, lang, "Trích yếu", "Subject", meta.subject)
    places = sum(1 for _ in document.structure.walk()) - 1
    console.print(
        _say(
            lang,
            f"{places} vị trí cấu trúc · {len(document.citations)} trích dẫn · {len(document.references)} dẫn chiếu "
            f"nội bộ · {len(drafts)} nhiệm vụ",
            f"{places} places · {len(document.citations)} citations · {len(document.references)} internal references "
            f"· {len(drafts)} tasks",
        )
    )
    if drafts:
        table = _table(lang, ("#", "#"), ("Nhiệm vụ", "Task"), ("Chủ trì", "Lead"), ("Thời hạn", "Deadline"))
        limits = [draft.deadline.text if draft.deadline else "" for draft in drafts]
        table.columns[3].width = _width(limits)
        for number, (draft, limit) in enumerate(zip(drafts, limits, strict=True), start=1):
            table.add_row(str(number), _words(document, draft), escape("; ".join(draft.lead)), escape(limit))
        console.print(table)
    for said, times in Counter(_say(lang, notice.vi, notice.en) for notice in document.notices).items():
        console.print(f"[yellow]•[/] {escape(said)}" + (f" ({times}×)" if times > 1 else ""))


def show_plan(console: Console, name: str, document: Document, plan: Plan, lang: str) -> None:
    """The plan: who, until when, what is still open and how to settle it."""
    from bonhoa.reports.plan_table import deadline_value, lead_text
    from bonhoa.reports.tables import shown

    _title(console, name, lang, document)
    open_rows = sum(1 for row in plan.rows if row.owner is None)
    console.print(
        _say(
            lang,
            f"{len(plan.rows)} nhiệm vụ, {open_rows} chưa rõ một cơ quan chủ trì (bộ máy ngày {plan.on:%d/%m/%Y})",
            f"{len(plan.rows)} tasks, {open_rows} without one owner yet (apparatus of {plan.on:%d/%m/%Y})",
        )
    )
    if not plan.rows:
        console.print(
            _say(
                lang,
                "Không tìm thấy nhiệm vụ nào trong văn bản này; vì sao các phần không là nhiệm vụ: thêm --explain.",
                "No task was found in this document; why its parts are none: add --explain.",
            )
        )
        return
    table = _table(
        lang,
        ("#", "#"),
        ("Nhiệm vụ", "Task"),
        ("Cơ quan chủ trì", "Lead"),
        ("Thời hạn", "Deadline"),
        ("Vấn đề và cách xử lý", "Problems and ways out"),
    )
    table.columns[3].width = _width([shown(deadline_value(row.draft.deadline, lang)) for row in plan.rows])
    for number, row in enumerate(plan.rows, start=1):
        notes = [f"[yellow]⚑ {escape(problem.label(lang))}[/]" for problem in row.problems]
        notes += [f"→ {escape(_say(lang, s.vi, s.en))}" for s in row.suggestions]
        lead = lead_text(row, lang) if row.owner else "; ".join(row.draft.lead) or "—"
        deadline: Value = deadline_value(row.draft.deadline, lang)
        cells = (_words(document, row.draft), escape(lead), escape(shown(deadline)), "\n".join(notes))
        table.add_row(str(number), *cells, style=None if row.owner else "bold")
    console.print(table)


def show_comparison(
    console: Console,
    name: str,
    other: str,
    changes: Sequence[TaskChange],
    lines: Sequence[ComparisonLine],
    lang: str,
) -> None:
    """How many tasks were kept, changed, added and dropped, and a table of all that did not stay the same."""
    console.rule(escape(_say(lang, f"{name} so với {other}", f"{name} compared with {other}")))
    console.print(" · ".join(f"{n} {kind.label(lang)}" for kind, n in count(changes).items()))
    rows = [line for line in lines if line.kind is not ChangeKind.KEPT]
    if not rows:
        return
    table = _table(
        lang,
        ("#", "#"),
        ("Thay đổi", "Change"),
        ("Nhiệm vụ", "Task"),
        ("Nội dung khác", "What differs"),
        ("Trước", "Before"),
        ("Sau", "After"),
    )
    for line in rows:
        cells = (_shortened(line.title), escape(line.field), _shortened(line.before), _shortened(line.after))
        table.add_row(str(line.number), line.kind.label(lang), *cells)
    console.print(table)


def show_skipped(console: Console, document: Document, skipped: Sequence[Skipped] | None, lang: str) -> None:
    """What was not taken for a task, each part with its reason; nothing unless it was asked for."""
    if skipped is None:
        return
    console.print(_say(lang, f"{len(skipped)} phần không lấy làm nhiệm vụ", f"{len(skipped)} parts are no tasks"))
    table = _table(lang, ("Nguyên văn", "Words"), ("Vì sao không là nhiệm vụ", "Why it is no task"))
    for part in skipped:
        table.add_row(_shortened(document.text[part.start : part.end]), escape(_say(lang, part.vi, part.en)))
    if skipped:
        console.print(table)


def show_written(console: Console, paths: Sequence[Path], lang: str) -> None:
    """Which files were written."""
    for path in paths:
        console.print(f"[green]✓[/] {_say(lang, 'Đã ghi', 'Written')}: {escape(str(path))}", soft_wrap=True)


def show_units(
    console: Console, units: Sequence[Unit], on: dt.date | None, lang: str, hint: Hint | None = None
) -> None:
    """Units with their periods; where there are none, what `hint` knows of another period."""
    day = f" ({on:%d/%m/%Y})" if on else ""
    one = "unit" if len(units) == 1 else "units"
    console.print(_say(lang, f"{len(units)} đơn vị{day}", f"{len(units)} {one}{day}"))
    if hint is not None:
        console.print(f"[yellow]•[/] {escape(_say(lang, hint.vi, hint.en))}")
    if not units:
        return
    table = _table(
        lang,
        ("Mã", "Code"),
        ("Tên", "Name"),
        ("Cấp", "Level"),
        ("Có từ", "From"),
        ("Đến", "Until"),
        ("Tiếp theo là", "Succeeded by"),
        ("Kiểm chứng", "Checked"),
    )
    for column in table.columns[3:5]:
        column.no_wrap, column.min_width = True, _DAY
    for unit in units:
        table.add_row(
            unit.official_code or unit.code,
            escape(unit.name),
            unit.level.label(lang),
            f"{unit.valid_from:%d/%m/%Y}" if unit.valid_from else "",
            f"{unit.valid_to:%d/%m/%Y}" if unit.valid_to else "",
            escape("; ".join(link.name for link in unit.successors)),
            unit.status.label(lang),
        )
    console.print(table)


def show_audit(console: Console, audit: Audit, lang: str) -> None:
    """The findings rule by rule, what was not run and why, and the limits that are not checked."""
    count = len(audit.findings)
    console.print(_say(lang, f"{count} phát hiện", f"{count} finding{'' if count == 1 else 's'}"))
    by_rule: dict[Rule, list[Finding]] = {}
    for finding in audit.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for rule, some in by_rule.items():
        console.print(f"\n[bold]{rule.label(lang)}[/] ({rule.grade.label(lang)}): {len(some)}")
        for one in some:
            console.print(f"  {escape(_say(lang, one.vi, one.en))}", soft_wrap=True)
    for skipped in audit.not_run:
        why = _say(lang, f"không kiểm tra: {skipped.vi}", f"not run: {skipped.en}")
        console.print(f"[yellow]•[/] {skipped.rule.label(lang)}: {why}")
    for limit in audit.limits:
        if limit.status != str(CheckStatus.CHECKED):
            status = CheckStatus.UNVERIFIED.label(lang)
            console.print(f"[yellow]•[/] {limit.rule} = {limit.value} ({escape(limit.source)}): {status}")


def _say(lang: str, vi: str, en: str) -> str:
    return en if lang == "en" else vi


def _title(console: Console, name: str, lang: str, document: Document) -> None:
    meta = document.metadata
    day = f"{meta.date:%d/%m/%Y}" if meta.date else None
    known = " · ".join(filter(None, (meta.type, meta.number, day)))
    console.rule(escape(known or _say(lang, "văn bản không rõ số, ký hiệu", "unnumbered document") + f" ({name})"))


def _line(console: Console, lang: str, vi: str, en: str, value: str | None) -> None:
    console.print(f"[bold]{_say(lang, vi, en)}:[/] {escape(value or '—')}")


def _table(lang: str, *headings: tuple[str, str]) -> Table:
    table = Table(show_lines=True, expand=False)
    for vi, en in headings:
        table.add_column(_say(lang, vi, en), overflow="fold")
    return table


def _words(document: Document, draft: TaskDraft) -> str:
    return _shortened(document.text[draft.start : draft.end])


def _shortened(words: str) -> str:
    text = " ".join(words.split())
    return escape(text if len(text) <= _SHORT else text[: _SHORT - 1] + "…")


def _width(limits: Sequence[str]) -> int:
    """The width of a column of deadlines: wide enough for a day, which must not be broken, and for the longest word."""
    longest = max((len(text) for text in limits), default=0)
    return max(_DAY, min(longest, _LONGEST_LIMIT))
