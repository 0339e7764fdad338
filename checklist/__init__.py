"""Checklist: holds a safeguarding case record against rules and answers with a gap report."""
