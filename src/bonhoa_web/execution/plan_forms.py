"""Forms of the review page. Bodies are typed by name and found in the register; nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from bonhoa.apparatus.model import MatchKind
from bonhoa.execution.model import Recurrence
from bonhoa_web.apparatus import queries, snapshots
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution.models import ApprovalKind, Draft, Plan
from bonhoa_web.execution.plan_pieces import places_to_split
from bonhoa_web.execution.plan_queries import people
from bonhoa_web.foundation.roles import Role


def unit_code(text: str, plan: Plan) -> str:
    """The code of the unit that `text` names on the plan's day: a code, a stored name, or a name of the register
    relative to the issuer. Raises ValidationError with the nearest names."""
    words = text.strip()
    stored = Unit.objects.filter(code=words).first() or next(
        (u for u in Unit.objects.filter(name__iexact=words) if u.exists_on(plan.on)), None
    )
    if stored is not None:
        return stored.code
    match = snapshots.register().resolve(words, on=plan.on, issuer=plan.document.issuer or None)
    if match.kind in (MatchKind.UNIT, MatchKind.OFFICE) and match.unit is not None:
        return match.unit.code
    near = [u.name for u in match.candidates[:3]] or [u.name for u in queries.search(words, plan.on, 3)]
    hint = gettext("Gần nhất: %(names)s.") % {"names": "; ".join(near)} if near else gettext("Hãy gõ tên đầy đủ.")
    raise forms.ValidationError(
        gettext("Không có cơ quan “%(name)s” ngày %(day)s. %(hint)s")
        % {"name": words, "day": f"{plan.on:%d/%m/%Y}", "hint": hint}
    )


class RowForm(forms.Form):
    """A row of the plan."""

    title = forms.CharField(label=_("Nhiệm vụ"), widget=forms.Textarea(attrs={"rows": 4}))
    lead = forms.CharField(
        label=_("Cơ quan chủ trì"),
        required=False,
        widget=forms.TextInput(attrs={"data-unit": "1", "autocomplete": "off"}),
    )
    cooperating = forms.CharField(
        label=_("Cơ quan phối hợp (mỗi dòng một cơ quan)"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    leader = forms.ModelChoiceField(label=_("Lãnh đạo phụ trách"), queryset=None, required=False)
    monitor = forms.ModelChoiceField(label=_("Chuyên viên theo dõi"), queryset=None, required=False)
    due_on = forms.DateField(
        label=_("Thời hạn"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    recurrence = forms.ChoiceField(label=_("Định kỳ"), required=False)
    event = forms.CharField(label=_("Mốc (sự kiện)"), required=False, max_length=255)
    deliverable = forms.CharField(label=_("Sản phẩm"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        self.plan = draft.plan
        kwargs.setdefault("auto_id", f"row{draft.pk}_%s")  # it stands beside other forms of the page
        kwargs.setdefault(
            "initial",
            {
                "title": draft.title,
                "lead": draft.lead.name if draft.lead else "; ".join(draft.lead_names),
                "cooperating": "\n".join(u.name for u in draft.cooperating.all()),
                "leader": draft.leader,
                "monitor": draft.monitor,
                "due_on": draft.due_on,
                "recurrence": draft.recurrence,
                "event": draft.event,
                "deliverable": draft.deliverable,
                "seen": draft.plan.version,
            },
        )
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        self.fields["leader"].queryset = people(self.plan, Role.LEADER)
        self.fields["monitor"].queryset = people(self.plan, Role.SPECIALIST)
        self.fields["recurrence"].choices = [("", "—"), *((str(r), r.label(language)) for r in Recurrence)]

    def clean_lead(self) -> str | None:
        """The code of the unit named."""
        text = self.cleaned_data["lead"]
        if not text.strip() or text == self.initial["lead"]:
            return None  # left as it was, a group or an unknown name too
        if ";" in text:
            raise forms.ValidationError(
                gettext("Mỗi nhiệm vụ chỉ có một cơ quan chủ trì; các cơ quan khác ghi ở ô phối hợp.")
            )
        return unit_code(text, self.plan)

    def clean_cooperating(self) -> list[str]:
        """The codes of the units named, one per line."""
        return [
            unit_code(name, self.plan) for name in re.split(r"[\n;]+", self.cleaned_data["cooperating"]) if name.strip()
        ]

    def clean(self) -> dict[str, Any]:
        """The lead does not cooperate with itself."""
        data = super().clean() or {}
        if data.get("lead") and data["lead"] in data.get("cooperating", []):
            self.add_error("cooperating", gettext("Cơ quan chủ trì không thể đồng thời là cơ quan phối hợp."))
        return data


class SplitForm(forms.Form):
    """Where to cut a row: at one of the places that its words offer."""

    at = forms.ChoiceField(
        label=_("Tách từ chữ nào?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn chỗ bắt đầu nhiệm vụ thứ hai.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"seen": draft.plan.version})
        super().__init__(*args, **kwargs)
        self.places = places_to_split(draft)
        self.fields["at"].choices = [(str(place), words) for place, words in self.places]


class AddForm(forms.Form):
    """A task that the reading missed."""

    title = forms.CharField(label=_("Nhiệm vụ"), widget=forms.Textarea(attrs={"rows": 3}))
    words = forms.CharField(
        label=_("Nguyên văn trong văn bản (nếu có)"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(label=_("Lý do thêm"), max_length=400)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), max_length=400)


class ApproveForm(forms.Form):
    """One leader, or a collective with its minutes; ticked, because every row becomes a task that is given out."""

    kind = forms.ChoiceField(label=_("Hình thức duyệt"), choices=ApprovalKind.choices)
    meeting_body = forms.CharField(label=_("Tập thể quyết định"), required=False, max_length=255)
    meeting_on = forms.DateField(label=_("Ngày họp"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    minutes_number = forms.CharField(label=_("Số biên bản"), required=False, max_length=80)
    read = forms.BooleanField(
        label=_("Tôi đã xem các dòng của bảng"),
        error_messages={"required": _("Hãy đánh dấu đã xem các dòng của bảng rồi mới duyệt.")},
    )
