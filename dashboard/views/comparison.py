"""Everything that the page of comparison shows, gathered once: scenarios, references, looks and effects."""

from dataclasses import dataclass

from dashboard.charts.look import Look, looks_of
from dashboard.findings import Findings
from dashboard.views.effects import Effect, effects_of, headline, ordered
from dashboard.views.titles import titles
from dashboard.words import OUTCOMES
from scenarios.scenario import Scenario

BASELINE = "baseline"
MOST_GOOD, MOST_BAD = 3, 3


@dataclass(frozen=True, eq=False)
class Comparison:
    """Findings of the scenarios on show, with what each is measured against."""

    findings: Findings
    scenarios: dict[str, Scenario]
    titles: dict[str, str]

    @property
    def names(self) -> list[str]:
        """The scenarios that are compared, without references."""
        return [name for name in self.scenarios if name != BASELINE and name in self.findings.scenarios]

    @property
    def references(self) -> list[str]:
        """What the scenarios are measured against: the status quo first, then others under special assumptions."""
        against = [self.findings.about["against"][name] for name in self.names]
        return list(dict.fromkeys([BASELINE, *against]))

    @property
    def looks(self) -> list[Look]:
        """Colour and dash of every line."""
        return looks_of({n: self.titles[n] for n in self.references}, {n: self.titles[n] for n in self.names})

    @property
    def runs(self) -> int:
        """Number of paired runs."""
        return self.findings.about["runs"]

    def effects(self, name: str, group: str = "city") -> dict[str, Effect]:
        """Return one scenario's effects by outcome."""
        return effects_of(self.findings, name, group)

    def outcomes(self, system: str = "all") -> list[str]:
        """Return the headline outcomes of a system."""
        return [o for o in headline(self.findings) if system in ("all", OUTCOMES[o].system)]

    def most(self, name: str) -> tuple[list[Effect], list[Effect], int]:
        """Return a scenario's largest clear improvements and worsenings, and how many improvements are left out."""
        found = ordered(self.effects(name), headline(self.findings))
        good = [e for e in found if e.verdict == "better"]
        bad = [e for e in found if e.verdict == "worse"]
        return good[:MOST_GOOD], bad[:MOST_BAD], max(len(good) - MOST_GOOD, 0)

    def count(self, name: str) -> dict[str, int]:
        """Return how many headline outcomes of a scenario are better, worse, and neither."""
        effects = self.effects(name)
        words = [effects[o].verdict for o in headline(self.findings) if o in effects]
        better, worse = words.count("better"), words.count("worse")
        return {"n": len(words), "better": better, "worse": worse, "unclear": len(words) - better - worse}


def comparison(findings: Findings, picked: list[str], known: dict[str, Scenario], lang: str) -> Comparison:
    """Return the comparison of the picked scenarios, as far as the findings hold them."""
    there = [name for name in (BASELINE, *picked) if name in findings.scenarios]
    scenarios = {name: known[name] for name in there}
    shown = [n for n in findings.scenarios if n in scenarios or n.partition("@")[2] in scenarios]
    return Comparison(findings, scenarios, titles(shown, known, lang))


def card_counts(findings: Findings) -> dict[str, dict[str, int]]:
    """Return the counts of every scenario of some findings that has effects."""
    whole = Comparison(findings, {}, {})
    against = findings.about["against"]
    return {name: whole.count(name) for name in findings.scenarios if against[name] != name}
