"""The scenario that somebody is making: every state it had, so that each step can be undone, redone and replayed."""

from dataclasses import dataclass, replace

from scenarios.path import Step
from scenarios.scenario import Scenario

MOST_STATES = 100
NAME = "mine"


@dataclass(frozen=True, slots=True)
class Draft:
    """States of a scenario in order, the place of the present one, and the state that a reset returns to."""

    states: tuple[Scenario, ...]
    place: int = 0
    preset: str = "baseline"

    @property
    def now(self) -> Scenario:
        """The present state."""
        return self.states[self.place]

    @property
    def before(self) -> Scenario | None:
        """The state ahead of the last change, if there was one."""
        return self.states[self.place - 1] if self.place else None

    @property
    def can_redo(self) -> bool:
        """Tell whether a change was undone."""
        return self.place + 1 < len(self.states)

    def changed(self, scenario: Scenario) -> "Draft":
        """Return the draft with one more state; what was undone is forgotten. No change makes no state."""
        if scenario == self.now:
            return self
        states = (*self.states[: self.place + 1], scenario)[-MOST_STATES:]
        return replace(self, states=states, place=len(states) - 1)

    def with_path(self, lever: str, steps: tuple[Step, ...], usual: float) -> "Draft":
        """Return the draft with one lever's path changed; at rest at the status quo it is no longer named."""
        paths = {key: path for key, path in self.now.levers.items() if key != lever}
        if any(step.value != usual for step in steps):
            paths[lever] = steps
        ordered = {key: paths[key] for key in sorted(paths)}
        return self.changed(replace(self.now, levers=ordered))

    def undone(self) -> "Draft":
        """Return the draft one state back."""
        return replace(self, place=max(self.place - 1, 0))

    def redone(self) -> "Draft":
        """Return the draft one state forth again."""
        return replace(self, place=min(self.place + 1, len(self.states) - 1))

    def reset(self, preset: Scenario) -> "Draft":
        """Return the draft set to a preset; this too can be undone."""
        return replace(self.changed(renamed(preset, self.now.title)), preset=preset.name)


def draft_of(preset: Scenario, title: dict[str, str]) -> Draft:
    """Return a fresh draft that starts as a preset is."""
    return Draft((renamed(preset, title),), preset=preset.name)


def renamed(preset: Scenario, title: dict[str, str]) -> Scenario:
    """Return a preset under the name and the title of a draft, with nothing that is only the preset's."""
    return replace(preset, name=NAME, title=title, about={"en": "", "zh": ""}, source="", city="")
