"""The command line: `bonhoa read`, `bonhoa plan`, `bonhoa units`, `bonhoa rules`.

Exit code 0: done; 1: done, problems found; 2: the input cannot be used, one line on stderr says why. With `--json`
stdout carries one object and nothing else. The library's parts are imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from bonhoa.cli_words import os_reason, usage_words
from bonhoa.common.errors import InputError

if TYPE_CHECKING:
    from bonhoa.documents.model import Document
    from bonhoa.execution.context import Skipped
    from bonhoa.execution.model import Plan, TaskDraft

DONE, PROBLEMS, UNUSABLE = 0, 1, 2

_READ = """đọc văn bản: thông tin chung, cấu trúc, trích dẫn, nhiệm vụ
(read documents: metadata, structure, citations, tasks)

ví dụ / example:
  bonhoa read CD-224-TTg.docx
  bonhoa read CD-224-TTg.txt --json --text CD-224-TTg.read.txt
  bonhoa read CD-224-TTg.docx --on 2026-07-01"""
_PLAN = """lập bảng phân công: mỗi nhiệm vụ đúng một cơ quan chủ trì, hoặc nêu rõ vướng ở đâu
(make the plan: one owner per task, or the reason why not yet)

ví dụ / example:
  bonhoa plan CD-224-TTg.docx --xlsx phan-cong.xlsx --docx phan-cong.docx
  bonhoa plan CD-224-TTg.docx --on 2025-11-24 --json
  bonhoa plan KH-15-sua-doi.docx --compare KH-12.docx --xlsx thay-doi.xlsx"""
_UNITS = """tra bộ máy: cơ quan trung ương, tỉnh, huyện, xã, theo ngày; không có --on thì mọi thời kỳ
(look up bodies and territories on a day; without --on of every period)

ví dụ / example:
  bonhoa units --on 2025-07-01 --level province
  bonhoa units --name "nghe an" --json
  bonhoa units --code vn-40/so-noi-vu"""

_RULES = """kiểm tra bản đồ bộ máy theo các quy tắc, ở mọi ngày: chồng chéo, bỏ trống, thiếu người đứng đầu, quá tải …
(audit a map of the apparatus by its rules, on every date)

ví dụ / example:
  bonhoa rules ban-do/
  bonhoa rules ban-do/ --json"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        _complain(
            f"Lệnh chưa đúng: {usage_words(message)[0]}; xem “{self.prog} --help”.",
            f"Wrong command: {usage_words(message)[1]}; see “{self.prog} --help”.",
        )
        raise SystemExit(UNUSABLE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InputError as error:
        _complain(error.vi, error.en)
        return UNUSABLE
    except BrokenPipeError:  # the reader of our stdout has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def build_parser() -> argparse.ArgumentParser:
    """Every command and option; the docs test reads them from here."""
    parser = _Parser(
        prog="bonhoa",
        description="Từ chỉ đạo đến kết quả: mỗi nhiệm vụ đúng một cơ quan chủ trì. (From a directive to done.)",
        epilog="ví dụ / example: bonhoa plan CD-224-TTg.docx --xlsx phan-cong.xlsx",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    read = _command(commands, "read", _READ, _read)
    read.add_argument("files", nargs="+", type=Path, metavar="FILE", help="docx, pdf có lớp chữ, txt, md, html")
    read.add_argument("--original", action="store_true", help="docx có vết sửa đổi: đọc như khi chưa sửa")
    read.add_argument("--text", type=Path, metavar="OUT", help="ghi văn bản mà các vị trí đếm trong đó (một FILE)")
    read.add_argument("--on", type=_day, metavar="DATE", help="ngày xét hiệu lực văn bản được dẫn (YYYY-MM-DD)")
    _explain_option(read)

    plan = _command(commands, "plan", _PLAN, _plan)
    plan.add_argument("file", type=Path, metavar="FILE", help="docx, pdf có lớp chữ, txt, md")
    plan.add_argument("--on", type=_day, metavar="DATE", help="ngày tra bộ máy, mặc định là ngày văn bản (YYYY-MM-DD)")
    plan.add_argument("--compare", type=Path, metavar="OTHER", help="so với văn bản trước đó: giữ, đổi, mới, không còn")
    plan.add_argument(
        "--xlsx", type=Path, metavar="OUT", help="ghi bảng phân công (với --compare: bảng so sánh) ra xlsx"
    )
    plan.add_argument("--docx", type=Path, metavar="OUT", help="ghi bảng phân công ra docx")
    _explain_option(plan)

    units = _command(commands, "units", _UNITS, _units)
    units.add_argument("--on", type=_day, metavar="DATE", help="chỉ đơn vị có vào ngày đó (YYYY-MM-DD)")
    units.add_argument("--level", choices=("central", "province", "district", "commune"))
    units.add_argument("--name", metavar="TEXT", help="tên có chứa, có dấu hoặc không dấu")
    units.add_argument("--code", metavar="CODE", help="mã của hệ thống hoặc của cơ quan thống kê")

    rules = _command(commands, "rules", _RULES, _rules)
    rules.add_argument("folder", type=Path, metavar="FOLDER", help="thư mục chứa các bảng .parquet")

    # What the installed system adds (serve, worker, audit): the library must not import it, so it registers itself.
    for found in sorted(entry_points(group="bonhoa.commands"), key=lambda e: e.name):
        offered = found.load()
        offered.define(_command(commands, found.name, offered.text, offered))
    return parser


def _command(commands: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=text.split("\n", 1)[0], description=text, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON ra stdout, không gì khác")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của bảng in ra")
    parser.set_defaults(run=run)
    return parser


def _explain_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--explain", action="store_true", help="in cả phần không lấy làm nhiệm vụ và vì sao")


def _day(text: str) -> dt.date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"not a date (YYYY-MM-DD): {text!r}")  # in both languages: `usage_words`


def _read(options: argparse.Namespace) -> int:
    files: list[Path] = options.files
    if options.text and len(files) > 1:
        raise InputError(
            "text_needs_one_file",
            "--text chỉ dùng khi đọc một tệp; hãy đọc từng tệp.",
            "--text works with one file only; read the files one by one.",
        )
    from bonhoa.cli_json import document_object

    objects: list[dict[str, Any]] = []
    code = DONE
    for file in files:
        try:
            document, drafts = _document(file, options.on, options.original)
        except InputError as error:
            if len(files) == 1:
                raise
            _complain(f"{file}: {error.vi}", f"{file}: {error.en}")
            objects.append({"file": str(file), "error": {"code": error.code, "vi": error.vi, "en": error.en}})
            code = UNUSABLE
            continue
        if options.text:
            _write({options.text: document.text.encode("utf-8")})
        skipped = _skipped(document, options)
        if options.json:
            found = document_object(document, drafts, skipped)
            objects.append(found if len(files) == 1 else {"file": str(file), **found})
        else:
            from bonhoa.cli_tables import show_document, show_skipped, show_written

            show_document(_console(), str(file), document, drafts, options.lang)
            show_skipped(_console(), document, skipped, options.lang)
            show_written(_console(), [options.text] if options.text else [], options.lang)
    if options.json:
        _print_json(objects[0] if len(files) == 1 else {"files": objects})
    return code


def _plan(options: argparse.Namespace) -> int:
    document, plan = _planned(options.file, options.on)
    if options.compare is not None:
        return _compare(options, document, plan)
    written = _write_plan(plan, document, options)
    skipped = _skipped(document, options)
    if options.json:
        from bonhoa.cli_json import plan_object

        _print_json(plan_object(document, plan, skipped) | {"written": [str(path) for path in written]})
    else:
        from bonhoa.cli_tables import show_plan, show_skipped, show_written

        show_plan(_console(), options.file.name, document, plan, options.lang)
        show_skipped(_console(), document, skipped, options.lang)
        show_written(_console(), written, options.lang)
    return PROBLEMS if any(row.problems for row in plan.rows) else DONE


def _planned(file: Path, day: dt.date | None) -> tuple[Document, Plan]:
    """A file and the plan of it, on `day` or the document's own."""
    document, drafts = _document(file)
    on = day or document.metadata.date
    if on is None:
        raise InputError(
            "no_date",
            f"Không thấy ngày của văn bản {file.name}; hãy cho biết ngày tra bộ máy bằng --on YYYY-MM-DD.",
            f"No date found in {file.name}; say on which day to read the names with --on YYYY-MM-DD.",
        )
    from bonhoa.apparatus import load_register
    from bonhoa.execution.plan import make_plan

    return document, make_plan(document, drafts, load_register(), on)


def _compare(options: argparse.Namespace, document: Document, plan: Plan) -> int:
    """The plan beside that of an earlier document; 1 if anything differs."""
    if options.docx or options.explain:
        raise InputError(
            "compare_writes_xlsx",
            "--compare chỉ ghi ra --xlsx; hãy bỏ --docx và --explain.",
            "--compare writes --xlsx only; leave out --docx and --explain.",
        )
    from bonhoa.execution.compare import ChangeKind, compare_plans
    from bonhoa.execution.plan import given_task
    from bonhoa.reports.compare_table import comparison_lines, comparison_xlsx

    earlier, base = _planned(options.compare, None)
    before = [given_task(row, earlier) for row in base.rows]
    after = [given_task(row, document) for row in plan.rows]
    changes = compare_plans(before, after)
    lines = comparison_lines(changes, before, after, options.lang)
    if options.xlsx:
        title = "So sánh bảng phân công" if options.lang == "vi" else "Comparison of plans"
        _write({options.xlsx: comparison_xlsx(lines, title, options.lang)})
    written = [options.xlsx] if options.xlsx else []
    if options.json:
        from bonhoa.cli_json import comparison_object

        found = comparison_object(options.compare, changes, before, after)
        _print_json(found | {"written": [str(path) for path in written]})
    else:
        from bonhoa.cli_tables import show_comparison, show_written

        show_comparison(_console(), options.file.name, options.compare.name, changes, lines, options.lang)
        show_written(_console(), written, options.lang)
    return PROBLEMS if any(change.kind is not ChangeKind.KEPT for change in changes) else DONE


def _write_plan(plan: Plan, document: Document, options: argparse.Namespace) -> list[Path]:
    """Write the table to the files that were asked for; their paths."""
    if not (options.xlsx or options.docx):
        return []
    from bonhoa.reports.plan_table import plan_docx, plan_xlsx, rows_of

    meta = document.metadata
    head: dict[str, Any] = {"number": meta.number, "date": meta.date, "issuer": meta.issuer, "language": options.lang}
    rows = rows_of(plan, document, language=options.lang)
    outputs = {}
    if options.xlsx:
        outputs[options.xlsx] = plan_xlsx(rows, **head)
    if options.docx:
        outputs[options.docx] = plan_docx(rows, **head)
    _write(outputs)
    return list(outputs)


def _skipped(document: Document, options: argparse.Namespace) -> tuple[Skipped, ...] | None:
    """What was not taken for a task, if that was asked for."""
    if not options.explain:
        return None
    from bonhoa.execution.extract import explain

    return explain(document)


def _units(options: argparse.Namespace) -> int:
    from bonhoa.apparatus import load_register

    register = load_register()
    units = register.units(on=options.on, level=options.level, name=options.name, code=options.code)
    hint = None
    if not units and options.on:
        from bonhoa.cli_hints import other_periods

        elsewhen = register.units(level=options.level, name=options.name, code=options.code)
        hint = other_periods(register, elsewhen, options.on) if options.name or options.code else None
    if options.json:
        from bonhoa.cli_json import hint_object, unit_object

        found = [unit_object(register, unit) for unit in units]
        _print_json({"count": len(units), "units": found, "hint": hint_object(register, hint)})
    else:
        from bonhoa.cli_tables import show_units

        show_units(_console(), units, options.on, options.lang, hint)
    return DONE


def _rules(options: argparse.Namespace) -> int:
    try:
        from bonhoa.apparatus.audit.auditing import audit
        from bonhoa.apparatus.audit.engines import DuckDB, hold, read_folder
        from bonhoa.apparatus.audit.limits import load_limits
    except ModuleNotFoundError as error:
        raise InputError(
            "no_analysis",
            f"Thiếu gói {error.name}; hãy cài bonhoa[analysis].",
            f"The package {error.name} is missing; install bonhoa[analysis].",
        ) from error
    engine = DuckDB()
    read_folder(engine, options.folder)
    if "parameters" not in engine.tables:
        hold(engine, {"parameters": load_limits()})
    result = audit(engine)
    if options.json:
        from bonhoa.cli_json import audit_object

        _print_json(audit_object(result))
    else:
        from bonhoa.cli_tables import show_audit

        show_audit(_console(), result, options.lang)
    return PROBLEMS if result.findings else DONE


def _document(file: Path, on: dt.date | None = None, original: bool = False) -> tuple[Document, tuple[TaskDraft, ...]]:
    """Read a file and find its tasks; cited acts are judged as of `on`, without it as of the document's date."""
    try:
        data = file.read_bytes()
    except OSError as error:
        vi, en = os_reason(error)
        raise InputError(
            "cannot_open",
            f"Không mở được tệp {file} ({vi}); kiểm tra lại đường dẫn và quyền đọc.",
            f"Cannot open {file} ({en}); check the path and the right to read it.",
        ) from error
    from bonhoa.documents import read

    document = read(data, file.name, on=on, view="original" if original else "accepted")
    from bonhoa.execution import extract

    return document, extract(document)


def _write(outputs: dict[Path, bytes]) -> None:
    """Write the files whole or not at all: beside the target first, then moved over it."""
    for path, data in outputs.items():
        try:
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
                part.write(data)
            Path(part.name).chmod(0o644)
            Path(part.name).replace(path)
        except OSError as error:
            vi, en = os_reason(error)
            raise InputError(
                "cannot_write",
                f"Không ghi được tệp {path} ({vi}); chọn nơi khác.",
                f"Cannot write {path} ({en}); choose another place.",
            ) from error


def _console() -> Any:
    from rich.console import Console

    return Console(highlight=False)


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _complain(vi: str, en: str) -> None:
    """One line on stderr, both languages."""
    print(" ".join(f"{vi} / {en}".split()), file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
