"""Reading JSON from outside, also where a text was cut in the middle of a sign."""

import re

import orjson

_PAIR = rb"u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = rb"u[dD][89a-fA-F][0-9a-fA-F]{2}"
_ESCAPED = re.compile(rb"\\(?:%b|%b|.)" % (_PAIR, _HALF))
_LENGTH_OF_HALF = len(rb"\ud83d")


def read_json(body: bytes | str) -> object:
    r"""Return what the JSON says; raise `JSONDecodeError` where it is none.

    Half of a surrogate pair (`\ud83d`), which JavaScript leaves of a text that it cuts, is no sign and is left out.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raw = body.encode("utf-8", "ignore") if isinstance(body, str) else body
        mended = _ESCAPED.sub(_whole, raw)
        if len(mended) == len(raw):
            raise
    return orjson.loads(mended)


def _whole(found: re.Match[bytes]) -> bytes:
    return b"" if len(found[0]) == _LENGTH_OF_HALF else found[0]
