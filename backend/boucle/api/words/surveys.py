"""French for refusals."""

FRENCH: dict[str, str] = {}
