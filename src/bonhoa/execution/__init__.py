"""From a document to task drafts, from drafts to a plan, from tasks to progress."""

from bonhoa.execution.plan import make_plan

__all__ = ["make_plan"]
