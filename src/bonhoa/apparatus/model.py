"""Bodies on the map of the apparatus, as values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bonhoa.common.labels import Labelled


class UnitLevel(Labelled):
    """Levels of government; the district level ended on 2025-07-01 (NQ 203/2025/QH15)."""

    CENTRAL = "central", "trung ương", "central"
    PROVINCE = "province", "cấp tỉnh", "province"
    DISTRICT = "district", "cấp huyện", "district"
    COMMUNE = "commune", "cấp xã", "commune"


class UnitKind(Labelled):
    """What sort of body a unit is."""

    PARTY = "party", "cơ quan lãnh đạo của Đảng", "leading body of the Party"
    PARTY_COMMITTEE = "party_committee", "cấp ủy", "Party committee"
    PARTY_AGENCY = "party_agency", "cơ quan tham mưu của Đảng", "Party agency"
    ASSEMBLY = "assembly", "Quốc hội", "National Assembly"
    ASSEMBLY_COMMITTEE = "assembly_committee", "cơ quan của Quốc hội", "body of the National Assembly"
    PRESIDENT = "president", "Chủ tịch nước", "State President"
    GOVERNMENT = "government", "Chính phủ", "Government"
    MINISTRY = "ministry", "bộ", "ministry"
    MINISTRY_LEVEL = "ministry_level", "cơ quan ngang bộ", "ministry-level agency"
    GOVERNMENT_AGENCY = "government_agency", "cơ quan thuộc Chính phủ", "agency of the Government"
    AGENCY = "agency", "cơ quan trực thuộc bộ", "agency of a ministry"
    STATE_AGENCY = "state_agency", "cơ quan nhà nước khác", "other state agency"
    STATE_BANK = "state_bank", "ngân hàng của nhà nước", "state bank"
    STATE_GROUP = "state_group", "tập đoàn, tổng công ty nhà nước", "state corporation"
    COURT = "court", "tòa án", "court"
    PROCURACY = "procuracy", "viện kiểm sát", "procuracy"
    FRONT = "front", "Mặt trận Tổ quốc", "Fatherland Front"
    SOCIO_POLITICAL = "socio_political", "tổ chức chính trị - xã hội", "socio-political organisation"
    ASSOCIATION = "association", "hội quần chúng", "association"
    PEOPLE_COUNCIL = "people_council", "Hội đồng nhân dân", "people's council"
    PEOPLE_COMMITTEE = "people_committee", "Ủy ban nhân dân", "people's committee"
    DEPARTMENT = "department", "cơ quan chuyên môn", "specialised department"
    PUBLIC_SERVICE = "public_service", "đơn vị sự nghiệp công lập", "public service unit"
    VERTICAL = "vertical", "cơ quan ngành dọc", "local branch of a central agency"
    MILITARY = "military", "quân sự", "military command"
    POLICE = "police", "công an", "police"
    PRESS = "press", "báo chí", "press"
    STEERING = "steering", "ban chỉ đạo, ban chỉ huy", "steering committee"
    UNIVERSITY = "university", "đại học", "university"
    TERRITORY = "territory", "đơn vị hành chính", "administrative unit"


class CheckStatus(Labelled):
    """Whether a value of reference data was checked against its source."""

    CHECKED = "checked", "đã kiểm chứng", "checked"
    UNVERIFIED = "unverified", "chưa kiểm chứng", "unverified"


@dataclass(frozen=True, slots=True)
class UnitLink:
    """Another unit, named; `official_code` as in `Unit`. A successor took the whole or a part (None: not known) of
    the unit, by this place of the act."""

    code: str
    name: str
    official_code: str = ""
    whole: bool | None = None
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A body or an administrative unit with the period in which it exists ([valid_from, valid_to)).

    `code` is ours and names one unit for ever; `official_code` is the statistical office's (territories only) and
    can name another unit on another day.
    """

    code: str
    name: str
    level: UnitLevel
    kind: UnitKind
    parent: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    short_names: tuple[str, ...] = ()
    predecessors: tuple[UnitLink, ...] = ()
    successors: tuple[UnitLink, ...] = ()
    status: CheckStatus = CheckStatus.UNVERIFIED
    source: str = ""
    official_code: str = ""
    basis: str = ""  # the act by which it ended, else by which it began

    def exists_on(self, day: dt.date) -> bool:
        """True if the unit exists on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class MatchKind(Labelled):
    """How a printed name relates to the register on a day."""

    UNIT = "unit", "một cơ quan", "one body"
    OFFICE = "office", "người đứng đầu hoặc chức danh của cơ quan", "an office-holder of a body"
    GROUP = "group", "một nhóm cơ quan", "a group of bodies"
    ENDED = "ended", "cơ quan không còn tồn tại", "a body that has ended"
    UNKNOWN = "unknown", "không nhận ra", "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """What a printed name means on a day. `candidates` are successors (ended) or the nearest names (unknown)."""

    kind: MatchKind
    name: str
    unit: Unit | None = None
    office: str | None = None
    members: tuple[Unit, ...] = ()
    candidates: tuple[Unit, ...] = ()
    basis: str | None = None  # the act behind a succession or the definition of a group
    vi: str = ""
    en: str = ""
