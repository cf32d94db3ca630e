"""Pure checks of what people type about accounts."""

from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email

from boucle.kit.errors import Invalid
from boucle.kit.passwords import SHORTEST_PASSWORD
from boucle.kit.texts import clean_line

LONGEST_PASSWORD = 200
LONGEST_EMAIL = 254
_TIME_ZONES = available_timezones()


def typed_email(email: str) -> str:
    """Return an address as accounts are known by it, however it was typed: one account has one spelling."""
    return (clean_line(email) or "").lower()


def checked_email(email: str, *, field: str) -> str:
    """Return the address in lower case; raise where it is none."""
    try:
        found = validate_email(clean_line(email) or "", check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Invalid(
            "'{email}' is not an e-mail address. It should look like name@example.com.",
            field=field,
            email=email[:LONGEST_EMAIL],
        ) from error
    return found.normalized.lower()


def checked_password(password: str, *, field: str) -> str:
    """Return the password; raise where it is too short to be safe or too long to be typed."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("The password needs at least {least} characters.", field=field, least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Invalid("The password may have at most {most} characters.", field=field, most=LONGEST_PASSWORD)
    return password


def checked_time_zone(name: str, *, field: str) -> str:
    """Return the name of a time zone; raise where there is none of that name."""
    if name not in _TIME_ZONES:
        raise Invalid("'{name}' is not a time zone. Write one such as Europe/Paris.", field=field, name=name)
    return name
