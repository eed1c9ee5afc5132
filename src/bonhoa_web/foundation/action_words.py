"""What the audit and the background jobs are called in words: the one place, (Vietnamese, English).

A new action, job, detail or kind of record gets its words here; `tests/system/test_foundation_words.py` finds those
without. Foundation names the records of other rooms by their labels only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from bonhoa.apparatus.vocabulary import EventKind

Words = tuple[str, str]

ACTIONS: dict[str, Words] = {
    "user.create": ("thêm người dùng", "add a person"),
    "user.reset_password": ("đặt mật khẩu dùng một lần", "set a one-time password"),
    "user.admin_by_command": ("thêm quản trị bằng dòng lệnh", "add an administrator by command"),
    "grant.give": ("giao vai trò", "give a role"),
    "grant.end": ("kết thúc vai trò", "end a role"),
    "unit.edit": ("sửa tên cơ quan, đơn vị", "rename a body"),
    "apparatus.audit": ("kiểm tra bộ máy theo quy tắc", "audit the apparatus by its rules"),
    "finding.decide": ("quyết định về một phát hiện", "decide about a finding"),
    "finding.reopen": ("mở lại một phát hiện", "reopen a finding"),
    "event.plan": ("lập phương án sắp xếp tổ chức", "begin a plan of changes"),
    "event.draft": ("soạn một thay đổi tổ chức", "draft a change of the apparatus"),
    "event.drop": ("bỏ dự thảo thay đổi tổ chức", "drop a draft change"),
    "event.apply": ("áp dụng thay đổi tổ chức", "apply a change of the apparatus"),
    "event.apply_plan": ("áp dụng phương án sắp xếp", "apply a plan of changes"),
    "event.reverse": ("hủy một thay đổi tổ chức", "reverse a change of the apparatus"),
    "mandate.add": ("ghi nhiệm vụ của cơ quan", "record a mandate"),
    "mandate.correct": ("sửa nhiệm vụ của cơ quan", "correct a mandate"),
    "mandate.withdraw": ("rút nhiệm vụ ghi nhầm", "withdraw a mandate"),
    "position.add": ("thêm vị trí việc làm", "add a job position"),
    "position.correct": ("sửa vị trí việc làm", "correct a job position"),
    "position.withdraw": ("rút vị trí việc làm ghi nhầm", "withdraw a job position"),
    "holding.add": ("bố trí người", "place a person in a post"),
    "holding.correct": ("sửa việc bố trí người", "correct who holds a post"),
    "holding.withdraw": ("rút việc bố trí ghi nhầm", "withdraw who holds a post"),
    "head.set": ("đặt người đứng đầu", "set the head of a unit"),
    "person.add": ("thêm cán bộ, công chức, viên chức", "add an official"),
    "person.seal": ("ghi dữ liệu cá nhân được mã hóa", "write sealed personal data"),
    "person.reveal": ("xem dữ liệu cá nhân được mã hóa", "look at sealed personal data"),
    "apparatus.import": ("tải lên bảng của bộ máy", "upload a workbook of the apparatus"),
    "apparatus.import_answer": ("trả lời về người trùng tên khi nhập", "say who is meant in a workbook"),
    "apparatus.import_go": ("cho ghi một bảng đã xem trước", "have a workbook written"),
    "apparatus.import_drop": ("bỏ một lần nhập bảng", "drop a workbook"),
    "apparatus.import_refused": ("từ chối bảng không đọc được", "refuse a workbook that cannot be read"),
    "apparatus.import_preview": ("xem trước một lần nhập bảng", "prepare the preview of a workbook"),
    "apparatus.import_write": ("ghi bảng vào bộ máy", "write a workbook into the apparatus"),
    "register.load": ("nạp dữ liệu bộ máy", "load the register of bodies"),
    "demo.units": ("nạp bộ máy minh họa", "load the bodies of the demo"),
    "demo.people": ("nạp người dùng minh họa", "load the people of the demo"),
    "document.upload": ("tải văn bản lên", "upload a document"),
    "document.read": ("đọc văn bản", "read a document"),
    "document.retry": ("đọc lại văn bản", "read a document again"),
    "document.register": ("vào sổ, sửa thông tin văn bản", "register a document"),
    "document.note": ("ghi bút phê", "write a leader's note"),
    "document.refused_secret": ("từ chối văn bản mật", "refuse a secret document"),
    "document.keep": ("giữ văn bản gần giống", "keep a near-duplicate"),
    "document.discard": ("bỏ văn bản gần giống", "discard a near-duplicate"),
    "document.import": ("bắt đầu nhập nhiều văn bản", "begin an import of documents"),
    "document.import_end": ("nhận xong các văn bản của một lần nhập", "finish taking in an import of documents"),
    "plan.make": ("lập bảng phân công", "make a plan"),
    "plan.edit": ("sửa dòng của bảng phân công", "edit a row of a plan"),
    "plan.resolve": ("chọn cách xử lý một dòng", "settle a row of a plan"),
    "plan.resolve_many": ("xử lý hàng loạt dòng của bảng phân công", "settle many rows of a plan"),
    "plan.look_again": ("đối chiếu lại với nhiệm vụ đã giao", "compare a plan with the tasks in force"),
    "plan.split": ("tách một dòng làm hai", "split a row of a plan"),
    "gold.export": ("xuất mẫu chuẩn của văn bản", "export a document as gold"),
    "plan.add": ("thêm dòng vào bảng phân công", "add a row to a plan"),
    "plan.drop": ("bỏ dòng khỏi bảng phân công", "drop a row of a plan"),
    "plan.restore": ("lấy lại dòng của bảng phân công", "restore a row of a plan"),
    "plan.accept": ("đồng ý một dòng", "accept a row of a plan"),
    "plan.accept_all": ("đồng ý các dòng đã rõ", "accept the clear rows of a plan"),
    "plan.merge": ("gộp hai dòng", "merge two rows of a plan"),
    "plan.undo": ("hoàn tác một bước", "undo a step"),
    "plan.redo": ("làm lại một bước", "redo a step"),
    "plan.submit": ("trình bảng phân công", "submit a plan"),
    "plan.take_back": ("rút lại bảng phân công đã trình", "take back a submitted plan"),
    "plan.send_back": ("trả lại bảng phân công", "send a plan back"),
    "plan.approve": ("duyệt bảng phân công", "approve a plan"),
    "task.receive": ("tiếp nhận nhiệm vụ", "receive a task"),
    "task.decline": ("chuyển trả nhiệm vụ", "decline a task"),
    "task.assign": ("phân công người thực hiện", "assign a person"),
    "task.report": ("báo cáo nhiệm vụ", "report on a task"),
    "task.verify": ("xác nhận hoàn thành", "verify completion"),
    "task.rework": ("yêu cầu thực hiện lại", "send back for rework"),
    "task.pause": ("tạm dừng nhiệm vụ", "pause a task"),
    "task.resume": ("cho tiếp tục nhiệm vụ", "resume a task"),
    "task.withdraw": ("thu hồi nhiệm vụ", "withdraw a task"),
    "task.reassign": ("giao lại nhiệm vụ", "reassign a task"),
    "task.handed_over": ("chuyển cơ quan chủ trì theo thay đổi bộ máy", "hand over to another lead as units change"),
    "task.comment": ("trao đổi", "comment"),
    "event.move": ("đặt hoặc dời ngày của mốc", "set or move the date of an event"),
}
REFUSED: Words = ("bị từ chối", "refused")

JOBS: dict[str, tuple[Words, str]] = {  # kind → (words, label of the records that it works on)
    "documents.read": (("đọc văn bản", "read a document"), "documents.document"),
    "apparatus.import_read": (("đọc bảng của bộ máy", "read a workbook"), "apparatus.sheetimport"),
    "apparatus.import_write": (("ghi bảng vào bộ máy", "write a workbook"), "apparatus.sheetimport"),
    "documents.import": (("đọc các văn bản vừa nhập", "read imported documents"), "documents.batch"),
}

FIELDS: dict[str, Words] = {  # keys of an entry's detail
    "username": ("tên đăng nhập", "user name"),
    "user": ("người dùng", "person"),
    "role": ("vai trò", "role"),
    "unit": ("cơ quan, đơn vị", "unit"),
    "units": ("cơ quan, đơn vị", "units"),
    "name": ("tên", "name"),
    "folder": ("thư mục", "folder"),
    "state": ("trạng thái", "state"),
    "person": ("người thực hiện", "assignee"),
    "lead": ("chủ trì", "lead"),
    "on": ("ngày", "date"),
    "event": ("mốc", "event"),
    "reason": ("lý do", "reason"),
    "decision": ("quyết định", "decision"),
    "percent": ("tự đánh giá tiến độ", "own estimate of progress"),
    "completes": ("hoàn thành", "completion"),
    "text": ("nội dung", "text"),
    "evidence": ("minh chứng", "evidence"),
    "tasks": ("nhiệm vụ", "tasks"),
    "rows": ("dòng", "rows"),
    "step": ("bước", "step"),
    "note": ("ghi chú", "note"),
    "kind": ("hình thức duyệt", "kind of approval"),
    "minutes": ("biên bản số", "minutes no."),
    "meeting_body": ("tập thể quyết định", "deciding body"),
    "meeting_on": ("ngày họp", "day of the meeting"),
    "plan": ("bảng phân công", "plan"),
    "outside": ("nhiệm vụ ngoài phạm vi chỉ đạo", "tasks outside the body's direction"),
    "sha256": ("mã băm của tệp", "hash of the file"),
    "scan": ("mã băm của bản quét", "hash of the scan"),
    "characters": ("số ký tự đọc được", "characters read"),
    "count": ("số lượng", "count"),
    "added": ("số đơn vị thêm mới", "units added"),
    "mended": ("số dòng được sửa theo danh mục", "rows mended by the register"),
    "source": ("nguồn", "source"),
    "type": ("loại", "type"),
    "number": ("số, ký hiệu", "number"),
    "issuer": ("cơ quan ban hành", "issuer"),
    "issued_on": ("ngày ban hành", "date of issue"),
    "signer": ("người ký", "signer"),
    "subject": ("trích yếu", "subject"),
    "arrival_number": ("số đến", "arrival number"),
    "arrived_on": ("ngày đến", "date of arrival"),
    "due_on": ("thời hạn", "deadline"),
    "reply_number": ("số, ký hiệu văn bản trả lời", "number of the reply"),
    "remark": ("ghi chú", "remark"),
    "change": ("thay đổi", "change"),
    "act": ("căn cứ", "legal basis"),
    "ended": ("cơ quan kết thúc", "units ended"),
    "begun": ("cơ quan mới", "units begun"),
    "moves": ("số việc, người, chức vụ chuyển đi", "things and people moved"),
    "events": ("số thay đổi", "changes"),
}
VALUES: dict[tuple[str, str], Words] = {
    ("kind", "leader"): ("lãnh đạo duyệt", "by a leader"),
    ("kind", "collective"): ("tập thể duyệt", "by a collective"),
    **{("change", str(kind)): (kind.vi, kind.en) for kind in EventKind},
}
COUNTED: dict[str, tuple[str, str, str]] = {  # lists of which only the length speaks: (Vietnamese, one, many)
    "evidence": ("tệp", "file", "files"),
    "tasks": ("nhiệm vụ", "task", "tasks"),
    "rows": ("dòng", "row", "rows"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its words, the address of one, and the key of the record by which it is named or reached."""

    words: Words
    url: str = ""
    named_by: str = ""
    linked_by: str = ""


KINDS: dict[str, Kind] = {
    "foundation.user": Kind(("người dùng", "person"), "foundation-user"),
    "foundation.grant": Kind(("vai trò", "role"), "foundation-user", "user", "user"),
    "foundation.attachment": Kind(("tệp", "file")),
    "apparatus.unit": Kind(("cơ quan, đơn vị", "unit"), "apparatus-unit"),
    "apparatus.finding": Kind(("phát hiện về bộ máy", "finding about the apparatus")),
    "apparatus.changeevent": Kind(("thay đổi tổ chức", "change of the apparatus")),
    "apparatus.reorganisation": Kind(("phương án sắp xếp tổ chức", "plan of changes")),
    "apparatus.mandate": Kind(("nhiệm vụ của cơ quan", "mandate"), "apparatus-unit", "unit", "unit"),
    "apparatus.positionversion": Kind(("vị trí việc làm", "job position"), "apparatus-unit", "unit", "unit"),
    "apparatus.holding": Kind(("người giữ biên chế", "holder of a post"), "apparatus-person", "person", "person"),
    "apparatus.person": Kind(("cán bộ, công chức, viên chức", "official"), "apparatus-person"),
    "apparatus.sheetimport": Kind(("lần nhập bảng", "import of a workbook"), "apparatus-import"),
    "documents.document": Kind(("văn bản", "document"), "documents-detail"),
    "documents.batch": Kind(("lần nhập văn bản", "import of documents"), "documents-batch"),
    "documents.leadernote": Kind(("bút phê", "leader's note"), "documents-detail", "document", "document"),
    "execution.plan": Kind(("bảng phân công", "plan"), "execution-review", "document"),
    "execution.draft": Kind(("dòng của bảng phân công", "row of a plan"), "execution-review", "", "plan"),
    "execution.task": Kind(("nhiệm vụ", "task"), "execution-task"),
    "execution.event": Kind(("mốc", "event")),
    "execution.comment": Kind(("trao đổi", "comment"), "execution-task", "task", "task"),
    "execution.report": Kind(("báo cáo", "report"), "execution-task", "task", "task"),
}


def english() -> bool:
    """True if the page is in English."""
    return (get_language() or "vi").startswith("en")


def say(words: Words) -> str:
    """The words in the language of the page."""
    return words[1] if english() else words[0]


def action_words(name: str) -> str:
    """An action of the audit in words; its name where it has none (lines of an older version)."""
    plain = name.removeprefix("refused:")
    words = say(ACTIONS.get(plain, (plain, plain)))
    return words if plain == name else f"{say(REFUSED)}: {words}"


def job_words(kind: str) -> str:
    """What a background job does, in words."""
    return say(JOBS[kind][0]) if kind in JOBS else kind


def action_choices() -> list[tuple[str, Any]]:
    """(name, words) of every action, in the order of the words; the first is everything that was refused."""
    known = sorted(((name, say(words)) for name, words in ACTIONS.items()), key=lambda pair: pair[1])
    return [("refused:", say(("mọi việc bị từ chối", "everything refused"))), *known]
