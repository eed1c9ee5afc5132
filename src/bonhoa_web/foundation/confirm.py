"""A question before what cannot be undone. With JavaScript the button asks (`data-confirm`) and says so in the form;
without it the same address answers with a page that asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SURE = "sure"  # the field by which a form says that its sender was asked


def question(request: HttpRequest, *, text: str, button: str, back: str) -> HttpResponse | None:
    """The page that asks, with what was sent in it; None if the sender was asked and is sure."""
    if request.POST.get(SURE) == "1":
        return None
    sent = [(k, v) for k, values in request.POST.lists() for v in values if k not in {"csrfmiddlewaretoken", SURE}]
    return render(
        request, "foundation/confirm.html", {"text": text, "button": button, "back": back, "sent": sent, "sure": SURE}
    )
