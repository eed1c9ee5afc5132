"""Pages of the organisation chart: the tree of a day, one branch of it, the part that is open as a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bonhoa.apparatus import chart_drawing
from bonhoa.apparatus.chart_drawing import Box
from bonhoa.apparatus.systems import System
from bonhoa.apparatus.vocabulary import HoldingMode
from bonhoa_web.apparatus import days
from bonhoa_web.apparatus.chart import Branch, Chart, chart, opened, written
from bonhoa_web.foundation.formats import whole_number
from bonhoa_web.foundation.lists import download


@dataclass(frozen=True, slots=True)
class Line:
    """A unit of the chart as the template shows it: `href` opens or closes its branch without JavaScript, `fetch`
    with it."""

    branch: Branch
    url: str
    note: str
    href: str
    fetch: str
    below: list[Line]


class View:
    """What an address of the chart asks for: a day, a system, a unit to begin at, the open branches."""

    def __init__(self, request: HttpRequest, asked: dict[str, str] | None = None) -> None:
        values = {key: request.GET.get(key, "") for key in ("he", "goc", "mo")} if asked is None else asked
        self.request, self.on = request, days.the_day(request)
        self.system = System.of(values["he"]) if values["he"] in {str(s) for s in System} else None
        self.root = whole_number(values["goc"])
        self.open_ids = opened(values["mo"])

    def address(self, name: str, *args: object, **changes: object) -> str:
        """The address of a page of the chart that shows the same but for `changes` (he, goc, mo)."""
        values = {"he": self.system or "", "goc": self.root or "", "mo": written(self.open_ids)} | changes
        return days.address(self.request, name, *args, **{k: v for k, v in values.items() if v})

    def turned(self, pk: int) -> str:
        """The address of the chart in which the branch `pk` is open if it was closed, and closed if it was open."""
        kept = [one for one in self.open_ids if one != pk]
        return self.address("apparatus-chart", mo=written(kept if pk in self.open_ids else [*kept, pk]))

    def chart(self) -> Chart:
        """The chart that is asked for."""
        return chart(self.on, open_ids=self.open_ids, system=self.system, root=self.root)

    def line(self, branch: Branch) -> Line:
        """A unit with what is shown under it."""
        pk = branch.node.id
        return Line(
            branch,
            days.address(self.request, "apparatus-unit", pk),
            note_of(branch),
            f"{self.turned(pk)}#u{pk}",
            days.address(self.request, "apparatus-branch", pk, **({"he": self.system} if self.system else {})),
            [self.line(below) for below in branch.below],
        )


def note_of(branch: Branch) -> str:
    """Head, posts and people of a unit in words, as far as they are known."""
    staff = branch.staff
    if staff is None:
        return ""
    parts = []
    if staff.head:
        acting = staff.head_mode != str(HoldingMode.OFFICIAL)
        mode = f" ({HoldingMode.of(staff.head_mode).label(get_language() or 'vi')})" if acting else ""
        parts.append(staff.head + mode)
    parts.append(_("%(people)d người / %(posts)d biên chế") % {"people": staff.people, "posts": staff.posts})
    if staff.load > 100:
        parts.append(_("có người giữ việc đến %(load)d%% thời gian") % {"load": staff.load})
    return " · ".join(parts)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The chart of a day."""
    view = View(request)
    found = view.chart()
    return render(
        request,
        "apparatus/chart.html",
        {
            "chart": found,
            "groups": [(system, [view.line(b) for b in branches]) for system, branches in found.groups],
            "systems": [
                (s, found.counts.get(s, 0), view.address("apparatus-chart", he=s, mo=""), s is view.system)
                for s in System
            ],
            "all_url": view.address("apparatus-chart", he="", goc="", mo=""),
            "closed_url": view.address("apparatus-chart", mo=""),
            "view": view,
            "drawing_url": view.address("apparatus-drawing"),
            "bar": days.day_bar(request),
        },
    )


@require_GET
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit with what is under it turned open or closed: a fragment for htmx, which also gets the address of the
    chart as it is then. Without htmx: that chart."""
    here = getattr(request, "htmx", None) and request.htmx.current_url  # type: ignore[attr-defined]
    asked = parse_qs(urlsplit(here or "").query)
    before = View(request, {key: asked.get(key, [""])[0] for key in ("goc", "mo")} | {"he": request.GET.get("he", "")})
    address = before.turned(pk)
    if not here:
        return HttpResponse(status=302, headers={"Location": f"{address}#u{pk}"})
    now = [one for one in before.open_ids if one != pk] + ([] if pk in before.open_ids else [pk])
    found = chart(before.on, open_ids=now, system=before.system, root=pk)
    turned = next((b for b in found.walk() if b.node.id == pk), None)
    if turned is None:
        raise Http404
    before.open_ids = now
    if pk not in now:
        turned.open, turned.below = False, []
    response = render(
        request,
        "apparatus/chart_branch.html",
        {"line": before.line(turned), "drawing_url": before.address("apparatus-drawing"), "fragment": True},
    )
    response["HX-Replace-Url"] = address
    return response


@require_GET
def drawing(request: HttpRequest) -> HttpResponse:
    """The open part of the chart as SVG, on a page to print or (`?xuat=svg`) as a file."""
    view = View(request)
    found = view.chart()
    title = _("Sơ đồ tổ chức ngày %(day)s") % {"day": f"{view.on:%d/%m/%Y}"}
    drawn = chart_drawing.draw(title, [_box(b, view) for _system, branches in found.groups for b in branches])
    if request.GET.get("xuat") == "svg":
        return download(drawn.encode(), f"so-do-{view.on:%Y-%m-%d}.svg", "image/svg+xml")
    return render(
        request,
        "apparatus/drawing.html",
        {
            "title": title,
            "drawn": drawn,
            "count": sum(1 for _branch in found.walk()),
            "back": view.address("apparatus-chart"),
            "svg_url": view.address("apparatus-drawing", xuat="svg"),
        },
    )


def _box(branch: Branch, view: View) -> Box:
    hidden = 0 if branch.open else branch.node.children
    url = reverse("apparatus-unit", args=[branch.node.id]) + f"?ngay={view.on.isoformat()}"
    return Box(branch.node.name, note_of(branch), url, hidden, tuple(_box(b, view) for b in branch.below))
