"""The records of the apparatus: identities (a stable key, nothing that changes) and dated rows (everything else).

No dated row points at another dated row, except at the one that it supersedes: what is pointed at is an identity.
"""

from bonhoa_web.apparatus.models.events import ChangeEvent, EventUnit, Reorganisation
from bonhoa_web.apparatus.models.findings import Finding
from bonhoa_web.apparatus.models.functions import Function, FunctionVersion, Mandate
from bonhoa_web.apparatus.models.imports import ImportLine, SheetImport
from bonhoa_web.apparatus.models.people import Competence, Holding, JobNeed, Person
from bonhoa_web.apparatus.models.posts import Duty, JobConflict, JobPosition, PositionVersion, Post, PostVersion
from bonhoa_web.apparatus.models.units import MapDay, Succession, Unit, UnitCode, UnitLife, UnitName, UnitParent

__all__ = [
    "ChangeEvent",
    "Competence",
    "Duty",
    "EventUnit",
    "Finding",
    "Function",
    "FunctionVersion",
    "Holding",
    "ImportLine",
    "JobConflict",
    "JobNeed",
    "JobPosition",
    "Mandate",
    "MapDay",
    "Person",
    "PositionVersion",
    "Post",
    "PostVersion",
    "Reorganisation",
    "SheetImport",
    "Succession",
    "Unit",
    "UnitCode",
    "UnitLife",
    "UnitName",
    "UnitParent",
]
