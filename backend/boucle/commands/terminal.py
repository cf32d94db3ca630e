"""Talking to the person at the terminal."""

import sys


def say(text: str) -> None:
    """Tell it on standard error: standard output is for what a script wants to read."""
    print(text, file=sys.stderr, flush=True)
