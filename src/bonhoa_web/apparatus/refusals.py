"""What the database refused, in a sentence for a person: the names of its rules and what they mean."""

from __future__ import annotations

from django.db import IntegrityError

from bonhoa.common.errors import InputError

RULES: dict[str, tuple[str, str]] = {
    "one_lead_per_function": (
        "Chức năng này ở địa bàn này đã có cơ quan khác chủ trì trong thời gian đó; mỗi nhiệm vụ chỉ một chủ trì.",
        "Another unit leads this function in this place at that time; each duty has one lead only.",
    ),
    "one_role_in_a_function": (
        "Cơ quan đã có vai trò trong chức năng này ở địa bàn này trong thời gian đó.",
        "The unit already has a role in this function in this place at that time.",
    ),
    "one_official_holder": (
        "Chức vụ này đã có người giữ chính thức trong thời gian đó; mỗi việc chỉ một người làm.",
        "Somebody holds this post officially at that time; each post has one official holder.",
    ),
    "one_holding_of_a_person": (
        "Người này đã giữ chức vụ đó trong thời gian đó.",
        "This person already holds that post at that time.",
    ),
    "one_head_of_a_unit": (
        "Cơ quan đã có chức vụ đứng đầu trong thời gian đó.",
        "The unit already has a head at that time.",
    ),
    "one_line_parent": (
        "Cơ quan đã trực thuộc một cơ quan khác trong thời gian đó; mỗi lúc chỉ một cấp trên trực tiếp.",
        "The unit stands under another one at that time; there is one direct parent at a time.",
    ),
    "parent_once": ("Quan hệ này đã có trong thời gian đó.", "This relation is there already at that time."),
    "unit_parent_cycle": (
        "Cơ quan sẽ trực thuộc chính mình qua các cấp trên vào một ngày nào đó; hãy chọn cấp trên hoặc thời gian khác.",
        "The unit would stand under itself on some day; choose another parent or period.",
    ),
    "unit_not_under_itself": ("Cơ quan không thể trực thuộc chính mình.", "A unit cannot stand under itself."),
    "code_names_one_unit": (
        "Mã này là của một cơ quan khác trong thời gian đó.",
        "This code names another unit at that time.",
    ),
    "one_code_of_a_unit": (
        "Cơ quan đã có mã khác thuộc hệ mã này trong thời gian đó.",
        "The unit has another code of this scheme at that time.",
    ),
    "one_name_of_a_unit": (
        "Cơ quan đã có tên khác trong thời gian đó; hãy ghi việc đổi tên là một thay đổi có ngày.",
        "The unit has another name at that time; record a renaming with its day.",
    ),
    "one_life_of_a_unit": ("Cơ quan đã được ghi là tồn tại trong thời gian đó.", "The unit is already recorded then."),
    "one_wording_of_a_function": (
        "Chức năng đã có lời văn khác trong thời gian đó.",
        "The function has another wording at that time.",
    ),
    "one_version_of_a_position": (
        "Vị trí việc làm đã có bản mô tả khác trong thời gian đó.",
        "The position has another description at that time.",
    ),
    "one_place_of_a_post": (
        "Chức vụ đã ở một cơ quan khác trong thời gian đó.",
        "The post stands elsewhere at that time.",
    ),
    "one_number_of_a_post": (
        "Số thứ tự này của vị trí việc làm đã dùng trong thời gian đó.",
        "This number of the position is used at that time.",
    ),
    "duty_once": ("Vị trí việc làm đã gắn với chức năng này trong thời gian đó.", "This duty is there already."),
    "conflict_once": ("Cặp vị trí này đã được ghi trong thời gian đó.", "This pair is there already."),
    "one_level_of_a_person": (
        "Năng lực này của người đó đã có mức khác trong thời gian đó.",
        "This skill of the person has another level at that time.",
    ),
    "one_level_of_a_position": (
        "Năng lực này đã có mức yêu cầu khác trong thời gian đó.",
        "This skill is asked for at another level at that time.",
    ),
    "period_not_empty": (
        "Ngày kết thúc phải sau ngày bắt đầu.",
        "The end of a period must come after its beginning.",
    ),
    "succession_once": ("Việc kế thừa này đã được ghi.", "This succession is recorded already."),
    "written_once": (
        "Dòng đã ghi không sửa được; hãy ghi dòng thay thế.",
        "A recorded row cannot be changed; record one that supersedes it.",
    ),
}


def explain(error: IntegrityError) -> InputError | None:
    """The sentence for what the database refused; None if it is no rule of the apparatus."""
    text = str(error)
    for name, (vi, en) in RULES.items():
        if name in text:
            return InputError(name, vi, en)
    return None
