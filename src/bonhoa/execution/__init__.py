"""From a document to task drafts, from drafts to a plan, from tasks to progress."""

from bonhoa.execution.extract import extract
from bonhoa.execution.plan import make_plan

__all__ = ["extract", "make_plan"]
