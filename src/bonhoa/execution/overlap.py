"""Tasks of a plan that another directive has already given, to the same body or to another one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bonhoa.common.folding import fold
from bonhoa.execution.model import GivenTask, Overlap
from bonhoa.execution.similarity import Likeness, speaks_of_its_document

SAME = 0.6
"""From this likeness on two tasks of different directives are shown as the same work."""
_MOST = 3  # other tasks named per row


def find_overlaps(
    tasks: Sequence[GivenTask], in_force: Sequence[GivenTask], cited: Collection[str] = ()
) -> dict[int, tuple[Overlap, ...]]:
    """For each place in `tasks` that asks for work already given: the tasks `in_force` that give it, most alike first.

    `cited`: numbers of the documents that the plan's document cites; a task of such a document is rather carried out
    here than given twice, and the reason says so. Quick for 10,000 tasks in force (an index, no pair is compared that
    shares no rare words).
    """
    if not in_force:
        return {}
    index = Likeness(in_force)
    numbers = {fold(number) for number in cited if number}
    found = {}
    for place, task in enumerate(tasks):
        if speaks_of_its_document(task):
            continue
        hits = [
            _overlap(task, in_force[other], likeness, numbers)
            for other, likeness in index.near(task, SAME)
            if not speaks_of_its_document(in_force[other])
        ]
        if hits:
            found[place] = tuple(hits[:_MOST])
    return found


def _overlap(task: GivenTask, other: GivenTask, likeness: float, cited: Collection[str]) -> Overlap:
    same = task.lead == other.lead if task.lead and other.lead else None
    carried_out = bool(other.number) and fold(other.number or "") in cited
    percent = round(likeness * 100)
    whom_vi = "chính cơ quan này" if same else other.lead_name
    whom_en = "the same body" if same else other.lead_name
    vi = f"{other.document} đã giao {whom_vi} việc này (giống {percent} %)"
    en = f"{other.document} has given this to {whom_en} ({percent} % alike)"
    if other.deadline:
        vi, en = f"{vi}, thời hạn {other.deadline}", f"{en}, due {other.deadline}"
    if carried_out:
        vi += "; văn bản này dẫn chiếu văn bản đó, có thể là cụ thể hóa"
        en += "; this document cites that one and may carry it out"
    return Overlap(other, likeness, same, carried_out, vi, en)
