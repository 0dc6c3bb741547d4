"""Whether the Caps Lock key is down, told from what a key press has typed; no Qt here."""

from __future__ import annotations


def caps_lock_on(typed: str, *, shift: bool, before: bool) -> bool:
    """A letter that is large without Shift, or small with it, betrays the key; anything else tells nothing new."""
    if len(typed) != 1 or not typed.isascii() or not typed.isalpha():
        return before
    return typed.isupper() != shift
