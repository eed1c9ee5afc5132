"""Running the rules audit over the stored map, and deciding about what it found."""

from __future__ import annotations

from django.utils import timezone

from bonhoa.apparatus.audit.words import Decision, Rule
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus.audit_snapshot import map_tables
from bonhoa_web.apparatus.models import Finding, Holding, Mandate, PostVersion, Unit
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import grants, holds
from bonhoa_web.foundation.roles import Role

_RENEWED = ["grade", "codes", "valid_to", "value", "bound", "evidence", "vi", "en", "last_found", "gone"]
_BATCH = 500


def _of_a_top(actor: User, **_: object) -> bool:
    """True if `actor` administers a unit that has none above it: what concerns the whole map is for those."""
    return holds(actor, Role.ADMIN) and grants(actor).filter(role=str(Role.ADMIN), unit__parent=None).exists()


@action("apparatus.audit", may=_of_a_top)
def run(*, actor: User, trail: Trail) -> int:
    """Audit the whole map and keep what was found; how many findings stand now."""
    from bonhoa.apparatus.audit.auditing import audit
    from bonhoa.apparatus.audit.engines import DuckDB, hold

    engine = DuckDB()
    hold(engine, map_tables())
    found, now = audit(engine).findings, timezone.now()
    records = [
        Finding(
            key=one.key,
            rule=str(one.rule),
            grade=str(one.grade),
            codes=list(one.codes),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            value=one.value,
            bound=one.bound,
            evidence=list(one.evidence),
            vi=one.vi,
            en=one.en,
            first_found=now,
            last_found=now,
        )
        for one in found
    ]
    Finding.objects.bulk_create(
        records, batch_size=_BATCH, update_conflicts=True, unique_fields=["key"], update_fields=_RENEWED
    )
    Finding.objects.filter(gone=None, last_found__lt=now).update(gone=now)
    trail.detail = {"count": len(found)}
    return len(found)


def concerned(finding: Finding) -> list[Unit]:
    """The units that a finding is about: named by it, or whose mandates, posts and people it names."""
    named = dict(zip(Rule.of(finding.rule).kinds, finding.codes, strict=True))
    units = Unit.objects.filter(code__in=[named[kind] for kind in ("unit", "other_unit") if kind in named])
    if "function" in named:
        units |= Unit.objects.filter(pk__in=Mandate.objects.filter(function__code=named["function"]).values("unit"))
    if "post" in named:
        units |= Unit.objects.filter(pk__in=PostVersion.objects.filter(post__code=named["post"]).values("unit"))
    if "person" in named:
        posts = Holding.objects.filter(pk__in=finding.evidence).values("post")
        units |= Unit.objects.filter(pk__in=PostVersion.objects.filter(post__in=posts).values("unit"))
    return list(units.distinct())


def _over_all_concerned(actor: User, *, finding: Finding, **_: object) -> bool:
    units = concerned(finding)
    return all(holds(actor, Role.ADMIN, unit=unit) for unit in units) if units else _of_a_top(actor)


@action("finding.decide", may=_over_all_concerned)
def decide(*, actor: User, trail: Trail, finding: Finding, decision: Decision, reason: str) -> Finding:
    """Say what is to come of a finding, and why; a later decision takes the place of an earlier one."""
    if not reason.strip():
        raise InputError(
            "no_reason",
            "Quyết định về một phát hiện phải có lý do; hãy ghi lý do.",
            "A decision about a finding needs a reason; write it down.",
        )
    finding.decision, finding.reason = str(decision), reason.strip()
    finding.decided_by, finding.decided_at = actor, timezone.now()
    finding.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    trail.detail = {"decision": str(decision), "reason": finding.reason}
    return finding


@action("finding.reopen", may=_over_all_concerned)
def reopen(*, actor: User, trail: Trail, finding: Finding) -> Finding:
    """Take a decision back: the finding is open again."""
    trail.detail = {"decision": finding.decision, "reason": finding.reason}
    finding.decision, finding.reason, finding.decided_by, finding.decided_at = "", "", None, None
    finding.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    return finding
