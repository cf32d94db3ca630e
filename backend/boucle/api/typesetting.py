"""French typography: the spaces that may not break."""

import re

_BEFORE = re.compile(r" (?=[?!:;»])")
_AFTER = re.compile(r"(?<=«) ")


def typeset(text: str) -> str:
    """Return text in which French punctuation never begins a line alone."""
    return _AFTER.sub("\N{NO-BREAK SPACE}", _BEFORE.sub("\N{NO-BREAK SPACE}", text))
