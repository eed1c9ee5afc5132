"""The systems of the political system that a body belongs to, by what sort of body it is."""

from __future__ import annotations

from bonhoa.apparatus.model import UnitKind
from bonhoa.common.labels import Labelled


class System(Labelled):
    """A part of the political system, in the order in which charts show them."""

    PARTY = "party", "Đảng", "Party"
    STATE = "state", "Nhà nước", "State"
    FRONT = "front", "Mặt trận, đoàn thể, hội", "Fatherland Front, mass organisations"
    SERVICE = "service", "Đơn vị sự nghiệp, doanh nghiệp", "Public service units, enterprises"
    TERRITORY = "territory", "Đơn vị hành chính", "Administrative units"


_KINDS: dict[System, tuple[UnitKind, ...]] = {
    System.PARTY: (UnitKind.PARTY, UnitKind.PARTY_COMMITTEE, UnitKind.PARTY_AGENCY),
    System.FRONT: (UnitKind.FRONT, UnitKind.SOCIO_POLITICAL, UnitKind.ASSOCIATION),
    System.SERVICE: (
        UnitKind.PUBLIC_SERVICE,
        UnitKind.UNIVERSITY,
        UnitKind.PRESS,
        UnitKind.STATE_BANK,
        UnitKind.STATE_GROUP,
    ),
    System.TERRITORY: (UnitKind.TERRITORY,),
}
_SYSTEM_OF = {str(kind): system for system, kinds in _KINDS.items() for kind in kinds}


def system_of(kind: str) -> System:
    """The system of a kind of bodies; all that is not named elsewhere is the State's."""
    return _SYSTEM_OF.get(str(kind), System.STATE)
