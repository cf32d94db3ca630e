"""By what an answer that is sent again is known to be the same: the digest kept beside its external id.

Senders repeat themselves with small differences: an address in capitals, a `3.0`, no contact the second time. What is
compared is what the answer says, as far as matching and checking would tell it apart. Each part has a digest of its
own, so that a real difference can be named.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

import orjson

from boucle.contacts.phone_numbers import clean_phone
from boucle.contacts.rules import ContactDetails, clean_email, key_of
from boucle.kit.errors import Invalid
from boucle.kit.idempotency import hash_input
from boucle.kit.phrases import Phrase
from boucle.kit.texts import clean_block, clean_line
from boucle.surveys.answers import AnswerValue, Submission, whole_number

PREFIX = "2:"  # digests of before had none
LENGTH = 20  # of each part, in hexadecimal: the column holds 64 signs
NOBODY = "-" * LENGTH
PARTS = (Phrase("other answers"), Phrase("another contact"), Phrase("other embedded data"))


def digest_of(submission: Submission) -> str:
    """Return the digest; it is stored for ever and must never change."""
    embedded = {name.lower(): _plain(value) for name, value in submission.embedded.items()}
    answers = {key: _plain(value) for key, value in submission.answers.items()}
    contact = _contact(submission.contact)
    parts = (_hash(answers), _hash(contact) if any(contact) else NOBODY, _hash(embedded))
    return PREFIX + "".join(parts)


def difference(stored: str, submission: Submission, sent: str) -> Phrase | None:
    """Return in which part an answer, whose digest is `sent`, differs from a stored one; `None`: it is the same.

    Who says nothing of the author does not say that it was somebody else.
    """
    if not stored.startswith(PREFIX):
        return None if stored == _digest_of_before(submission) else PARTS[0]
    before, now = _parts(stored), _parts(sent)
    for part, first, second in zip(PARTS, before, now, strict=True):
        if first != second and NOBODY not in (first, second):
            return part
    return None


def _parts(digest: str) -> Sequence[str]:
    return [digest[start : start + LENGTH] for start in range(len(PREFIX), len(PREFIX) + len(PARTS) * LENGTH, LENGTH)]


def _hash(value: Mapping[str, object] | Sequence[object]) -> str:
    return sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:LENGTH]


def _plain(value: AnswerValue) -> object:
    """Return a value as it is compared: numbers however they are written, texts whatever their case."""
    number = whole_number(value)
    if number is not None:
        return str(number)
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return (clean_block(value) or "").casefold()
    texts = [_plain(each) for each in value]
    return texts[0] if len(texts) == 1 else texts


def _contact(details: ContactDetails) -> tuple[str | None, ...]:
    """Return what the person would be matched by."""
    reference = key_of(clean_line(details.external_reference))
    return reference, key_of(_or_as_sent(clean_email, details.email)), _or_as_sent(clean_phone, details.phone)


def _or_as_sent(clean: Callable[[str], str | None], text: str | None) -> str | None:
    try:
        return clean(text) if text else None
    except Invalid:
        return clean_line(text)


def _digest_of_before(submission: Submission) -> str:
    return hash_input(
        {
            "answers": dict(submission.answers),
            "embedded": dict(submission.embedded),
            "contact": submission.contact._asdict(),
            "language": submission.language,
        }
    )
