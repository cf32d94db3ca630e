"""Which language a page speaks: the one asked for, else what the browser prefers, else a given one."""

from boucle.kit.language_tags import primary_language

KNOWN = ("fr", "en")


def preferred_language(*, asked: str | None, accepted: str, otherwise: str) -> str:
    """Return `fr` or `en`; `accepted` is the header Accept-Language."""
    if asked is not None and (language := primary_language(asked)) in KNOWN:
        return language
    ranked = sorted(_weighted(accepted), key=lambda pair: -pair[1])
    return next((language for language, weight in ranked if language in KNOWN and weight > 0), otherwise)


def _weighted(header: str) -> list[tuple[str, float]]:
    return [_one(part) for part in header.split(",") if part.strip()]


def _one(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    language = primary_language(tag)
    try:
        return language, float(parameter.strip().removeprefix("q=")) if parameter.strip() else 1.0
    except ValueError:
        return language, 0.0
