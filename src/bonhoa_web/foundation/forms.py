"""Forms of the administration pages."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.unit_field import UnitField
from bonhoa_web.foundation.vocabulary import choices


class UserForm(forms.ModelForm):
    """A new person: a name to show and a name to sign in with."""

    class Meta:
        model = User
        fields = ["username", "full_name"]
        labels = {"username": _("Tên đăng nhập"), "full_name": _("Họ và tên")}


class GrantForm(forms.Form):
    """A role for a unit, by the unit's name or code."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=[("", "---------"), *choices(Role)])
    unit = UnitField(
        label=_("Cơ quan, đơn vị"), help_text=_("Gõ tên đầy đủ (có dấu hoặc không dấu) hoặc mã của cơ quan, đơn vị.")
    )
    title = forms.CharField(label=_("Chức danh"), max_length=120, required=False)
    valid_from = forms.DateField(
        label=_("Từ ngày"), widget=forms.DateInput(attrs={"type": "date"}), initial=timezone.localdate
    )
