"""From a document to task drafts, from drafts to a plan, from tasks to progress."""
