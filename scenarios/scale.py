"""The scale of a simulation: how many families one simulated family stands for."""

import re

from model.declare.errors import SettingError

LARGEST_SCALE = 1000


def accept_scale(text: object, where: str) -> float:
    """Return the scale from a text such as 1:20, or raise SettingError."""
    match = re.fullmatch(r"1:([0-9]{1,6}(?:\.[0-9]{1,6})?)", text) if isinstance(text, str) else None
    if not match or not 1 <= float(match[1]) <= LARGEST_SCALE:
        raise SettingError(where, f"must be 1:1 to 1:{LARGEST_SCALE}; got {text!r}")
    return float(match[1])
