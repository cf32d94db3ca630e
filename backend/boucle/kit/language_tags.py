"""Language tags as browsers, phones and other systems write them: `fr`, `EN`, `en-US`, `fr_CA`."""


def primary_language(tag: str) -> str:
    """Return the language itself, in small letters, without its country or script."""
    return tag.strip().lower().replace("_", "-").split("-", 1)[0]
