"""Pages of people, for those with the right: the list, one person, a new one. Minimal data; the sealed ones only on
asking, which the audit records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa_web.apparatus import days, rights, staffing_actions
from bonhoa_web.apparatus.models import Competence, Holding, Person, PostVersion
from bonhoa_web.apparatus.staffing_forms import PersonForm, SealedForm
from bonhoa_web.apparatus.staffing_queries import loads_of
from bonhoa_web.foundation.lists import Column, Filter, ListPage, join
from bonhoa_web.foundation.rights import holds


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people whom the reader may see, with their posts on the day."""
    on = days.the_day(request)

    def prepare(records: list[Any]) -> None:
        held = Holding.objects.on(on).filter(person__in=[r.pk for r in records]).order_by("pk")
        places = {
            p.post_id: p for p in PostVersion.objects.on(on).filter(post__in=held.values("post")).select_related("unit")
        }
        loads = loads_of([r.pk for r in records], on)
        for record in records:
            mine = [places[h.post_id] for h in held if h.person_id == record.pk and h.post_id in places]
            record.posts = join(f"{p.title}, {p.unit.name}" for p in mine)
            record.load = loads.get(record.pk)

    return ListPage(
        _("Người"),
        [
            Column(
                "ten",
                _("Họ và tên"),
                lambda p: p.full_name,
                "full_name",
                lambda p: days.address(request, "apparatus-person", p.pk),
            ),
            Column("ma", _("Mã"), lambda p: p.code, "code"),
            Column("chuc-vu", _("Chức vụ"), lambda p: p.posts),
            Column("tai", _("Tỷ lệ thời gian (%)"), lambda p: p.load),
        ],
        rights.people_for(request.user).order_by("full_name", "code"),
        [
            Filter("ten", _("Họ tên, mã"), lambda q, v: q.filter(folded__contains=fold(v)) | q.filter(code__iexact=v)),
        ],
        empty=_("Chưa có người nào mà bạn được xem."),
        template="apparatus/people.html",
        context={
            "bar": days.day_bar(request),
            "add_url": days.address(request, "apparatus-person-new"),
            "add_label": _("Thêm người"),
        },
        may_add=holds(request.user, *rights.KEEPERS),
        prepare=prepare,
    ).respond(request)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts over time and what is known of their skills. POST shows the sealed data, once; for who may
    write them in a form, which `ghi` stores."""
    record = get_object_or_404(Person, pk=pk)
    if not rights.may_see_person(request.user, record):
        raise Http404
    may_reveal = rights.may_see_sealed(request.user, record)
    form, sealed = None, list[tuple[str, str]]()
    if "ghi" in request.POST:
        form = SealedForm(request.POST)
        if form.is_valid():
            staffing_actions.seal(actor=request.user, person=record, **form.cleaned_data)
            messages.success(request, _("Đã ghi."))
            return redirect(days.address(request, "apparatus-person", record.pk))
    elif request.method == "POST":
        staffing_actions.reveal(actor=request.user, person=record)
        known = {name: getattr(record, name) for name in SealedForm.base_fields}
        if rights.may_write_sealed(request.user, record):
            form = SealedForm(initial=known)
        else:
            sealed = [(str(SealedForm.base_fields[name].label), value) for name, value in known.items()]
    on = days.the_day(request)
    holdings = list(Holding.objects.filter(person=record).in_order())
    places = PostVersion.objects.filter(post__in=[h.post_id for h in holdings]).select_related("unit")
    return render(
        request,
        "apparatus/person.html",
        {
            "person": record,
            "on": on,
            "bar": days.day_bar(request),
            "load": loads_of([record.pk], on).get(record.pk, 0),
            "rows": [(h, _place_of(h, list(places)), h.valid_on(on)) for h in holdings],
            "skills": Competence.objects.on(on).filter(person=record).order_by("skill") if may_reveal else [],
            "may_reveal": may_reveal,
            "sealed": sealed,
            "form": form,
        },
        status=422 if form is not None and form.errors else 200,
    )


def _place_of(holding: Holding, places: list[PostVersion]) -> PostVersion | None:
    """Where the post of a holding stands when it begins, else where it stands at all."""
    mine = [p for p in places if p.post_id == holding.post_id]
    then = [p for p in mine if holding.valid_from is None or p.valid_on(holding.valid_from)]
    return next(iter(then or mine), None)


def new_person(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = staffing_actions.add_person(actor=request.user, **form.cleaned_data)
        except InputError as error:
            form.add_error("code", error.text(get_language() or "vi"))
        else:
            return redirect(days.address(request, "apparatus-person", made.pk))
    context = {"form": form, "title": _("Thêm người")}
    return render(request, "foundation/form.html", context, status=422 if form.errors else 200)
