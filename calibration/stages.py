"""The stages of a calibration, each of which leaves its findings in the folder and can be run again on its own.

Runs are kept on disk by content, so a stage that was stopped continues, and one that is repeated costs little.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from calibration import patterns, register
from calibration.bank import Bank
from calibration.findings import facts_of_check, facts_of_fit, facts_of_proof, facts_of_rivals
from calibration.likelihood import Likelihood
from calibration.predict import check, out_of_reach
from calibration.proof import prove
from calibration.rivals import compare_rivals
from calibration.sample import Sample
from calibration.screen import Screening, screen
from calibration.space import from_normal, space_of
from calibration.table import table_of, write_posterior
from calibration.target import Targets, read_targets
from calibration.waves import Cut, Fit, Plan, blocks, run_waves
from experiments.atomic import whole_file, write_text
from experiments.engine import Engine
from experiments.priors import drawn_parameters, draws_source, uncertain
from model.declare.setting import parameters
from model.profile import Profile

POSTERIOR, REGISTER, TABLE = "posterior.csv", "register.csv", "fit.npz"
CHECKS = 384
SYNTHETIC = 200
USUAL = Plan()
Say = Callable[..., None]
Told = Callable[[str, int, int], None]


def unheard(*_: object, **__: object) -> None:
    """Tell nobody."""


def never() -> float:
    """Return no time."""
    return 0.0


@dataclass
class Calibration:
    """One city with its targets; ``told`` gets a stage's progress, ``say`` a finding by name.

    ``informed`` names the parameters to fit, which screening else chooses; ``held_out`` is a file that only the
    predictive checks read.
    """

    profile: Profile
    targets: Targets
    folder: Path
    engine: Engine
    seed: int = 1
    scale: float = 100.0
    plan: Plan = USUAL
    informed: tuple[str, ...] = ()
    held_out: Path | None = None
    checks: int = CHECKS
    synthetic: int = SYNTHETIC
    draws: int = patterns.DRAWS
    about: dict = field(default_factory=dict)
    spent: Callable[[], float] = never
    told: Told = unheard
    say: Say = unheard

    @cached_property
    def bank(self) -> Bank:
        """The runs that fitting uses; it knows the targets and no held-out row."""
        return Bank(self.folder, self.profile, self.targets.targets, self.scale, self.seed, self.engine, self.told)

    @cached_property
    def screening(self) -> Screening:
        """What the targets can inform."""
        found = screen(self.bank, self.plan.trajectories, self.plan.informed)
        self.say("screened", informed=len(found.chosen), uncertain=len(uncertain()), runs=found.runs)
        return found

    @cached_property
    def fit(self) -> Fit:
        """The waves and their emulators."""
        return run_waves(self.bank, space_of(self.informed or self.screening.chosen), self.plan, self.after_wave)

    @cached_property
    def points(self) -> Sample:
        """Points of the posterior."""
        return self.fit.posterior(self.seed, self.plan.particles, self.after_step)

    @cached_property
    def checked(self) -> tuple[np.ndarray, Targets]:
        """Statistics of posterior runs, for the targets and then for the rows of the text that were held out."""
        held_out = read_targets(self.held_out) if self.held_out else Targets((), {})
        every = (*self.targets.targets, *held_out.targets)
        bank = Bank(self.folder, self.profile, every, self.scale, self.seed, self.engine, self.told)
        return bank.run("check", self.fit.space, self.posterior_cube(self.checks)), held_out

    def posterior_cube(self, runs: int) -> np.ndarray:
        """Return posterior points with the other parameters from their priors, in the unit cube."""
        z = self.points.z[np.linspace(0, len(self.points.z) - 1, runs).round().astype(int)]
        others = next(blocks(runs, len(self.fit.space.other), self.seed + 101))
        return np.hstack([from_normal(z), others])

    def after_wave(self, number: int, cut: Cut, likelihood: Likelihood, z: np.ndarray) -> None:
        """Tell what a wave found."""
        distance = float(np.median(likelihood.distance(z)))
        self.say("wave", number=number, runs=len(z), left=cut.left, distance=distance, cut=cut.most)

    def after_step(self, heat: float, accepted: float) -> None:
        """Tell how far the posterior is."""
        self.say("step", heat=heat, accepted=accepted, particles=self.plan.particles)

    def fit_stage(self) -> dict:
        """Fit, and write the posterior."""
        text, central = table_of(self.fit.space, self.points.z)
        again = self.fit.posterior(self.seed + 1, self.plan.particles)
        screening = Screening({}, {}, self.informed, 0) if self.informed else self.screening
        runs = screening.runs + self.plan.first + sum(self.plan.later)
        facts = facts_of_fit(runs, screening, self.fit, self.points, again)
        facts["out_of_reach"] = out_of_reach(self.targets.targets, self.first_values(), self.seed)
        write_posterior(self.folder / POSTERIOR, text, {**self.about, **self.ended(), "runs": runs, "central": central})
        self.keep_table()
        return facts

    def ended(self) -> dict:
        """Return when the fit was done, and the seconds that all sittings took until then."""
        return {"finished": datetime.now(UTC).isoformat(timespec="seconds"), "seconds": self.spent()}

    def keep_table(self) -> None:
        """Keep the runs of the first wave, which other ways of fitting can be tried on (benchmarks/inference.py)."""
        first, spread = self.fit.first, np.array([t.spread for t in self.targets.targets])
        with whole_file(self.folder / TABLE) as beside, beside.open("wb") as file:
            np.savez(file, z=first.z, values=first.values, spread=spread)

    def first_values(self) -> np.ndarray:
        """Return the statistics of the first wave, which fills the prior."""
        values = self.fit.first.values
        return np.array([t.unscaled(values[:, k]) for k, t in enumerate(self.targets.targets)]).T

    def proof_stage(self) -> dict:
        """Prove the machinery on synthetic cities."""
        return facts_of_proof(self.fit, prove(self.fit, self.synthetic, self.seed, self.engine))

    def check_stage(self) -> dict:
        """Compare predictions with targets and held-out rows."""
        values, held_out = self.checked
        mine = len(self.targets.targets)
        fitted = check(self.targets.targets, values[:, :mine], self.seed)
        other = check(held_out.targets, values[:, mine:], self.seed + 1)
        before = check(self.targets.targets, self.first_values(), self.seed)
        return facts_of_check(fitted, other, before, self.targets, held_out)

    def rivals_stage(self) -> dict:
        """Compare structural alternatives on the same targets."""
        return facts_of_rivals(compare_rivals(self.bank, self.fit, self.seed, self.plan.particles))

    def patterns_stage(self) -> dict:
        """Count in how many draws each design pattern holds."""
        source = draws_source((self.folder / POSTERIOR).as_posix())
        draws = drawn_parameters(self.draws, self.seed, source=source)
        told = partial(self.told, "patterns")
        found = patterns.holdings(self.engine, self.folder, self.profile, draws, self.seed, told)
        return {"draws": len(draws), "claims": [h._asdict() for h in found]}

    def register_stage(self) -> dict:
        """Find what each assumption does to the ranking of policies."""
        central = draws_source((self.folder / POSTERIOR).as_posix()).central
        told = partial(self.told, "register")
        first, entries = register.register(
            self.engine, self.folder, self.profile, central, self.seed, list(parameters().values()), told
        )  # fmt: skip
        write_text(self.folder / REGISTER, register.as_csv(entries, parameters(), central))
        return {"order": first, "assumptions": len(entries), "flips": sum(e.flips for e in entries)}

    def run(self, stage: str) -> dict:
        """Run one stage and keep its findings."""
        facts = getattr(self, f"{stage}_stage")()
        write_text(self.folder / f"{stage}.json", json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
        self.say("stage", name=stage)
        return facts


STAGES = ("fit", "proof", "check", "rivals", "patterns", "register")
