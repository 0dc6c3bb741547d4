"""What the data check finds, with what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from app.fields.spec import Problem


@dataclass(frozen=True)
class Finding:
    """One problem: of one person's file, of a record about that person, or of something that is no person."""

    uid: str
    """Of the cadre; '' where it is about no person, such as a branch."""
    name: str
    """Whom or what it is about, as people say it."""
    problem: Problem
    label: str
    """Of the field, '' where the problem is in none."""
    about: str = ""
    """'visit:<uid>', 'batch:<uid>', 'branch:<name>' where the problem is not in the file itself."""
    cause: str = ""
    """What it comes from, where many of one cause are worded differently: 'late visits typed in on one day'."""
