"""What a posterior's manifest says about its making."""

from calibration.target import Targets
from experiments.experiment import city_digest
from experiments.posterior import text_digest
from experiments.priors import uncertain
from experiments.results import versions
from experiments.rules import rules_digest
from experiments.version import model_version
from model.profile import Profile

METHOD = "history matching in waves on response surfaces, then synthetic likelihood by tempered sequential Monte Carlo"


def about_of(profile: Profile, targets: Targets, text: str, seed: int, scale: float, command: str) -> dict:
    """Return the manifest of a posterior, but for its rows.

    Args:
        text: the file of targets as it was read.
    """
    return {
        "rules": rules_digest(),
        "model_version": model_version(),
        "city": profile.name,
        "title": profile.title,
        "city_digest": city_digest(profile),
        "targets": len(targets.targets),
        "targets_digest": text_digest(text),
        "uncertain": len(uncertain()),
        "method": METHOD,
        "seed": seed,
        "scale": f"1:{scale:g}",
        "command": command,
        "versions": versions(),
    }
