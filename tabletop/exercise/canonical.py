"""The one way a save writes JSON, so that equal content is equal bytes on every machine."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
# Legal inside a JSON string, yet able to break a line, turn it round or drive a
# terminal when somebody looks at the file itself.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def encode(value: Any) -> str:
    """`value` as canonical JSON: keys sorted, no spaces, one line, Unicode left readable.

    Unpaired surrogates become U+FFFD, since UTF-8 cannot hold them. Raises `TypeError`
    or `ValueError` for what JSON cannot say (sets, NaN, and the like).
    """
    text = _ENCODER.encode(value)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = _ENCODER.encode(_without_surrogates(value))
    return _ESCAPED.sub(_escape, text)


def decode(text: str) -> Any:
    """The value of a JSON text without space around it.

    Raises `ValueError` for whatever is not plain JSON.
    """
    try:
        value, end = _DECODER.raw_decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if end != len(text):
        raise ValueError("more follows")
    return value


def whole_text(text: str) -> str:
    """`text` with halves of surrogate pairs joined and lone ones replaced by U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
