"""What mixes of levers are worth in a search: goals over the runs, cost against the budget; shipped scenarios too."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from console.analysis import Analysis, run_on
from console.show import note
from console.words import say
from experiments.engine import Engine
from experiments.mixes import COST, Goal, Space, points_of, robust, scenario_points
from experiments.optimise import Seen, Worth, who_beats
from experiments.robustness import oriented
from experiments.study import Chance
from model.declare.errors import SettingError
from scenarios.scenario import Scenario


@dataclass(frozen=True)
class Question:
    """What is asked: goals, budget (CNY a month above the base), levers, and how long to search."""

    maximise: tuple[str, ...] = ()
    minimise: tuple[str, ...] = ()
    budget: float | None = None
    only: tuple[str, ...] = ()
    robust: str = "mean"
    population: int = 24
    generations: int = 10
    tolerance: float = 0.1
    at: int | None = None
    yes: bool = False

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals; a single one is joined by the cost."""
        named = [*(Goal(o, "high") for o in self.maximise), *(Goal(o, "low") for o in self.minimise)]
        return tuple(named if len(named) > 1 else [*named, Goal(COST, "low")])


@dataclass
class Judge:
    """Tells the search what mixes are worth, and remembers their effects."""

    engine: Engine
    job: Analysis
    question: Question
    space: Space
    runs: Sequence[Chance]
    base: np.ndarray = None
    known: dict[str, np.ndarray] = field(default_factory=dict)
    best: np.ndarray | None = None
    cost: dict[bytes, float] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()

    def prepare(self, stories: Sequence[Scenario]) -> None:
        """Simulate the base and the shipped scenarios, in which regret is measured too."""
        base = self.job.world.base
        points = [point for story in (base, *stories) for point in scenario_points(story, base, self.runs)]
        found = run_on(self.engine, self.job, points)
        table = found.values.reshape(len(stories) + 1, len(self.runs), -1)
        self.outcomes, self.base = found.outcomes, table[0]
        self.known = dict(zip((s.name for s in stories), table[1:] - table[0], strict=True))

    def __call__(self, cube: np.ndarray, generation: int) -> Worth:
        """Return what the mixes of a generation are worth."""
        found = run_on(self.engine, self.job, points_of(self.space, cube, self.runs), speak=False)
        effects = found.values.reshape(len(cube), len(self.runs), -1) - self.base
        if self.best is None:
            every = np.concatenate([effects, np.array([*self.known.values()]).reshape(-1, *effects.shape[1:])])
            self.best = np.array(
                [oriented(self.of(every, g.outcome), g.better).max(axis=0) for g in self.question.goals]
            )
        worth = self.worth(effects)
        for row, cost in zip(cube, self.cost_of(effects), strict=True):
            self.cost[row.tobytes()] = float(cost)
        within = int((worth.over <= 0).sum())
        text = say("optimise.generation", self.job.lang, n=generation + 1, total=self.question.generations,
                   within=within, mixes=len(cube))  # fmt: skip
        note(text, self.job.wanted.quiet)
        return worth

    def of(self, effects: np.ndarray, outcome: str) -> np.ndarray:
        """Return the effects on one outcome, (mix, run)."""
        return effects[:, :, self.outcomes.index(outcome)]

    def cost_of(self, effects: np.ndarray) -> np.ndarray:
        """Return the mean cost above the base, CNY a month."""
        return self.of(effects, COST).mean(axis=1)

    def worth(self, effects: np.ndarray) -> Worth:
        """Return what effects are worth; an effect that has no value anywhere is refused."""
        goals = []
        for k, goal in enumerate(self.question.goals):
            mine = self.of(effects, goal.outcome)
            if not np.isfinite(mine).all():
                raise SettingError(f"--outcome {goal.outcome}", "must have a value at every point; got none at some")
            goals.append(robust(mine, goal, self.question.robust, self.best[k]))
        budget = self.question.budget
        return Worth(np.array(goals).T, (self.cost_of(effects) - budget) / max(budget, 1.0))


def against_shipped(judge: Judge, seen: Seen, cost: np.ndarray) -> tuple[list[dict], list[int]]:
    """Return each shipped scenario with its goals and the mix that beats it at no more cost, and those mixes."""
    found, winners = [], []
    within = seen.over <= 0
    places = np.flatnonzero(within)
    for name, effects in judge.known.items():
        worth, spent = judge.worth(effects[None]), float(judge.cost_of(effects[None])[0])
        winner = who_beats(seen.goals[within], cost[within], worth.goals[0], spent)
        place = None if winner is None else int(places[winner])
        winners += [] if place is None else [place]
        found.append(
            {"scenario": name, **goal_values(judge.question, worth.goals[0]), "cost": spent,
             "within": bool(spent <= judge.question.budget), "beaten_by": place}
        )  # fmt: skip
    return found, winners


def goal_values(question: Question, goals: np.ndarray) -> dict[str, float]:
    """Return goals by outcome as readers mean them: effects in the outcome's direction, or regrets."""
    turned = 1.0 if question.robust == "regret" else -1.0
    return {
        g.outcome: float(oriented(np.array(turned * v), g.better)) if turned < 0 else float(v)
        for g, v in zip(question.goals, goals, strict=True)
    }
