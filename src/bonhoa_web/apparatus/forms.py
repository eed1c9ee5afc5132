"""Forms of the apparatus room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UnitForm(forms.Form):
    """How a unit is called."""

    name = forms.CharField(label=_("Tên"), max_length=255)
    short_name = forms.CharField(label=_("Tên tắt"), max_length=80, required=False)
