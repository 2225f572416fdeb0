"""A scenario as the text of a link: canonical JSON of everything it sets, deflated, in base64url.

Links come from strangers: the text is bounded before and after inflating, read strictly, and checked by the
rules of scenario files. Language is not part of it, and every lever is, so that a changed default changes no old link.
"""

import base64
import binascii
import json
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from model.declare.errors import SettingError
from model.declare.setting import Lever, levers, month_name
from model.profile import Profile
from scenarios.path import Step
from scenarios.reader import refuse_odd_values
from scenarios.scenario import Scenario, scenario_from

VERSION = 1
LONGEST_CODE, LONGEST_TEXT = 12_000, 200_000
WHERE = "?s="
VOCABULARY = Path(__file__).parent / "codec_words_1.txt"
KEYS = {"v", "title", "until", "systems", "coupling", "levers", "parameters", "mechanisms"}


def encode(scenario: Scenario, profile: Profile) -> str:
    """Return the code of a scenario: each lever's path resolved against the city's status quo, and all assumptions."""
    text = json.dumps(content(scenario, profile), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    machine = zlib.compressobj(level=9, wbits=-15, zdict=vocabulary())
    packed = machine.compress(text.encode()) + machine.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


@cache
def vocabulary() -> bytes:
    """Return the text that codes of this version are short for; changed, it would make old links unreadable."""
    return VOCABULARY.read_bytes()


def content(scenario: Scenario, profile: Profile) -> dict:
    """Return what a code holds, as plain values in the form of a scenario file."""
    return {
        "v": VERSION,
        "title": scenario.title,
        "until": month_name(scenario.until),
        "systems": list(scenario.systems),
        "coupling": scenario.coupled,
        "levers": {
            lever.id: plain_path(lever, scenario.levers.get(lever.id), profile)
            for lever in levers().values()
            if lever.system in scenario.systems
        },
        "parameters": dict(scenario.parameters),
        "mechanisms": dict(scenario.forms),
    }


def plain_path(lever: Lever, steps: tuple[Step, ...] | None, profile: Profile) -> object:
    """Return a lever's path as a scenario file has it: one value, or dated ones."""
    if not steps:
        return plain_value(lever, profile.status_quo.get(lever.id, lever.default))
    return [
        {"from": month_name(s.month), "value": plain_value(lever, s.value)}
        | ({"ramp_months": s.ramp_months} if s.ramp_months else {})
        for s in steps
    ]


def plain_value(lever: Lever, value: float) -> float | str:
    """Return a value as a scenario file has it."""
    return lever.show(value) if lever.kind == "month" else value


def decode(code: str, name: str, profile: Profile) -> Scenario:
    """Return the scenario of a code under a name, or raise the SettingError that says what is wrong with it."""
    raw = parsed(inflated(code))
    version = raw.pop("v", None)
    if version != VERSION or isinstance(version, bool):
        raise SettingError(f"{WHERE} v", f"must be {VERSION}, the version of links; got {version!r}"[:200])
    for key in raw:
        if key not in KEYS:
            raise SettingError(f"{WHERE} {key[:40]}", f"must be one of {', '.join(sorted(KEYS))}; got another key")
    refuse_odd_values(raw, WHERE)
    return without_rest(scenario_from(raw, name, WHERE), profile)


def inflated(code: str) -> str:
    """Return the text of a code, never longer than the bound."""
    if not code or len(code) > LONGEST_CODE:
        raise SettingError(WHERE, f"must be 1–{LONGEST_CODE} characters; got {len(code)}")
    try:
        packed = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        machine = zlib.decompressobj(wbits=-15, zdict=vocabulary())
        text = machine.decompress(packed, LONGEST_TEXT + 1)
        if not machine.eof and len(text) <= LONGEST_TEXT:
            raise SettingError(WHERE, "must be a whole link; got one that is cut off")
    except (binascii.Error, ValueError, zlib.error) as error:
        if isinstance(error, SettingError):
            raise
        raise SettingError(WHERE, "must be a link that this app made; got a broken one") from None
    if len(text) > LONGEST_TEXT:
        raise SettingError(WHERE, f"must be at most {LONGEST_TEXT:,} bytes; got more")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        raise SettingError(WHERE, "must be a link that this app made; got a broken one") from None


def parsed(text: str) -> dict:
    """Return the object that strict JSON describes: no key twice, no NaN, no endless nesting."""
    try:
        raw = json.loads(text, object_pairs_hook=once, parse_constant=refuse_constant)
    except RecursionError:
        raise SettingError(WHERE, "must be a link that this app made; got brackets nested too deeply") from None
    except ValueError as error:
        if isinstance(error, SettingError):
            raise
        raise SettingError(WHERE, "must be a link that this app made; got a broken one") from None
    if not isinstance(raw, dict):
        raise SettingError(WHERE, "must be a table; got something else")
    return raw


def once(pairs: list[tuple[str, object]]) -> dict:
    """Return the pairs as a dictionary, refusing a key given twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise SettingError(WHERE, "must name each key once; got one twice")
    return found


def refuse_constant(text: str) -> object:
    """Refuse NaN and infinities, which JSON does not have."""
    raise SettingError(WHERE, f"must be finite numbers; got {text}")


def without_rest(scenario: Scenario, profile: Profile) -> Scenario:
    """Return the scenario without the levers that never leave the present status quo."""
    moved = {
        key: steps
        for key, steps in scenario.levers.items()
        if any(s.value != profile.status_quo.get(key, levers()[key].default) for s in steps)
    }
    return replace(scenario, levers=moved)
