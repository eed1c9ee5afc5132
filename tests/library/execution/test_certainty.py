"""How sure a draft is: by counts of annotated readings on the same grounds."""

from bonhoa.execution.certainty import certainty, counts, grounds
from bonhoa.execution.model import Reason, TaskDraft


def draft(rule: str, *leads: str) -> TaskDraft:
    reasons = (Reason("task", "task.verb", "", ""), Reason("lead", rule, "", ""))
    return TaskDraft(0, 10, leads, reasons=reasons)


GROUND = "lead.heading, one, task.verb"


def test_the_ground_of_a_lead_is_its_rule_how_many_and_the_verb() -> None:
    assert grounds(draft("lead.heading", "Sở A"))["lead"] == GROUND


def test_what_was_mostly_right_is_surer() -> None:
    seen = {"lead": {GROUND: (99, 100), "lead.subject, one, task.verb": (10, 100)}}
    sure = certainty(draft("lead.heading", "Sở A"), seen).lead
    unsure = certainty(draft("lead.subject", "Sở A"), seen).lead
    assert sure > 0.9 and unsure < 0.2


def test_a_ground_never_seen_leans_on_the_share_of_the_field() -> None:
    seen = {"lead": {GROUND: (80, 100)}}
    assert 0.75 < certainty(draft("lead.session", "tỉnh A"), seen).lead < 0.85


def test_the_counts_of_the_library_are_counts() -> None:
    for rows in counts().values():
        assert rows and all(0 <= right <= seen for right, seen in rows.values())
