"""Names of scenarios for the screen; what a stranger wrote loses every sign that could be read as formatting."""

import re

from dashboard.words import LONGEST_TITLE, say
from scenarios.scenario import Scenario

SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&^=])")


def plain(text: str) -> str:
    """Return a text on one line and not endless."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def safe(text: str) -> str:
    """Return a text whose signs are shown as they are where Markdown is read."""
    return SIGNS.sub(r"\\\1", plain(text))


def title(scenario: Scenario, lang: str) -> str:
    """Return a scenario's title as plain text; it must be made ``safe`` for Markdown."""
    return plain(scenario.title[lang])


def titles(findings_names: list[str], known: dict[str, Scenario], lang: str) -> dict[str, str]:
    """Return the titles of scenarios by name; of a reference under another's assumptions both."""
    found = {}
    for name in findings_names:
        _, at, other = name.partition("@")
        if at:
            found[name] = say("compare.under", lang, scenario=title(known[other], lang))
        else:
            found[name] = title(known[name], lang)
    return found
