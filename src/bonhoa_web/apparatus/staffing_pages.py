"""Pages on which mandates, job positions, holdings and heads are written, corrected and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import days, rights, staffing_actions
from bonhoa_web.apparatus.keeping import words
from bonhoa_web.apparatus.models import Holding, Mandate, PositionVersion, PostVersion, Unit
from bonhoa_web.apparatus.staffing_forms import HeadForm, HoldingForm, MandateForm, PositionForm, TermForm
from bonhoa_web.apparatus.staffing_queries import loads_of
from bonhoa_web.foundation import confirm


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of dated rows that people write: its words, its form, its three actions, and what a new one is about."""

    adding: str | Promise
    correcting: str | Promise
    model: Any
    form: type[TermForm]
    add: Callable[..., Any]
    correct: Callable[..., Any]
    withdraw: Callable[..., Any]
    of_unit: bool = True  # the action that adds one is told the unit


KINDS = {
    "nhiem-vu": Kind(
        gettext_lazy("Thêm nhiệm vụ"),
        gettext_lazy("Sửa nhiệm vụ"),
        Mandate,
        MandateForm,
        staffing_actions.add_mandate,
        staffing_actions.correct_mandate,
        staffing_actions.withdraw_mandate,
    ),
    "vi-tri": Kind(
        gettext_lazy("Thêm vị trí việc làm"),
        gettext_lazy("Sửa vị trí việc làm"),
        PositionVersion,
        PositionForm,
        staffing_actions.add_position,
        staffing_actions.correct_position,
        staffing_actions.withdraw_position,
    ),
    "nguoi-giu": Kind(
        gettext_lazy("Bố trí người"),
        gettext_lazy("Sửa việc bố trí người"),
        Holding,
        HoldingForm,
        staffing_actions.add_holding,
        staffing_actions.correct_holding,
        staffing_actions.withdraw_holding,
        of_unit=False,
    ),
}


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _kept_unit(request: HttpRequest, pk: int) -> Unit:
    unit = get_object_or_404(Unit, pk=pk)
    if not rights.may_keep(request.user, unit):
        raise PermissionDenied(str(unit))
    return unit


def new_row(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Write a new row about a unit."""
    of, unit = _kind(kind), _kept_unit(request, pk)
    form = of.form(request.POST or None, actor=request.user, unit=unit, initial={"valid_from": days.the_day(request)})

    def add() -> Any:
        return of.add(actor=request.user, **({"unit": unit} if of.of_unit else {}), **form.arguments())

    return _answer(request, unit, form, add, of.adding)


def row(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Correct a row, or (`rut`) take it back; what was written stays on record."""
    of = _kind(kind)
    record = get_object_or_404(of.model.everything, pk=pk)
    unit = _kept_unit(request, _unit_of(record).pk)
    back = days.address(request, "apparatus-unit", unit.pk)
    if record.superseded_at is not None and request.method != "POST":
        messages.warning(request, _("Dòng này đã được sửa hoặc rút; dưới đây là những gì đang ghi."))
        return redirect(back)
    if request.POST.get("rut"):
        text = _("Rút dòng “%(row)s”: coi như chưa từng có; bản ghi cũ vẫn được lưu.") % {"row": words(record)}
        asked = confirm.question(request, text=text, button=_("Rút"), back=back)
        if asked is not None:
            return asked
        try:
            of.withdraw(actor=request.user, row=record)
        except InputError as error:
            messages.error(request, error.text(get_language() or "vi"))
        else:
            messages.success(request, _("Đã rút."))
        return redirect(back)
    form = of.form(request.POST or None, actor=request.user, unit=unit, row=record)
    return _answer(
        request,
        unit,
        form,
        lambda: of.correct(actor=request.user, row=record, **form.arguments()),
        of.correcting,
        row=record,
    )


def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who heads a unit from a day on."""
    unit = _kept_unit(request, pk)
    form = HeadForm(request.POST or None, actor=request.user, unit=unit)
    return _answer(
        request,
        unit,
        form,
        lambda: staffing_actions.set_head(actor=request.user, unit=unit, **form.arguments()),
        _("Đặt người đứng đầu"),
        hint=_("Người đang giữ cùng hình thức thôi giữ từ ngày này; lịch sử vẫn còn."),
    )


def _answer(
    request: HttpRequest, unit: Unit, form: TermForm, act: Callable[[], Any], title: Any, **more: Any
) -> HttpResponse:
    """Do it and go back to the unit; or show the form, with one sentence for what is refused."""
    back = days.address(request, "apparatus-unit", unit.pk)
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except InputError as error:
            form.add_error(None, error.text(get_language() or "vi"))
        else:
            messages.success(request, _("Đã ghi."))
            _warn_of_load(request, done)
            return redirect(back)
    context = {"form": form, "unit": unit, "title": title, "back": back, **more}
    return render(request, "apparatus/row_form.html", context, status=422 if form.errors else 200)


def _warn_of_load(request: HttpRequest, done: Any) -> None:
    """More than a whole working time is allowed (it may be known and wanted), but told."""
    if isinstance(done, Holding) and done.valid_from is not None:
        load = loads_of([done.person_id], done.valid_from).get(done.person_id, 0)
        if load > 100:
            messages.warning(
                request,
                _("%(name)s giữ việc đến %(load)d%% thời gian từ ngày này.")
                % {"name": done.person.full_name, "load": load},
            )


def _unit_of(record: Any) -> Unit:
    """The unit that a row is about; of a holding the one where the post stands then."""
    if not isinstance(record, Holding):
        return record.unit  # type: ignore[no-any-return]
    places = PostVersion.objects.filter(post=record.post).select_related("unit")
    place = places.during(record.valid_from, record.valid_to).first() or places.first()
    if place is None:
        raise Http404
    return place.unit  # type: ignore[no-any-return]
