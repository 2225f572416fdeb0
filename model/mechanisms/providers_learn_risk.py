"""Providers learn the yearly risk of being caught from own visits, rivals' fates and publicity.

Direction: caught → risk up; quiet months → risk down, more slowly (occurrence bias). A visit that
sees nothing lowers the risk if inspectors are poorly equipped and raises it if they are good.
Publicity in the district raises it with falling returns, whatever it was.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="institution", writes="perceived_risk", arrows="a4 a5", system="education",
           source="C7 C9 C11 C14 arrow-a4 arrow-a5", zh="机构从自身、同行和曝光中学习被查风险")
def providers_learn_risk(perceived_risk, visited, caught, mean__rivals__caught, district__effectiveness,
                         district__publicity, *, risk_up, risk_down, risk_rivals, risk_publicity, visit_effect,
                         visit_neutral):
    """Move the perceived yearly chance of being caught."""
    risk = np.where(caught, perceived_risk + risk_up * (1 - perceived_risk), perceived_risk * (1 - risk_down))
    idle_visit = visited & ~caught
    risk = risk + idle_visit * visit_effect * (district__effectiveness - visit_neutral) * risk
    spread = district__publicity / (1 + district__publicity)
    heard = risk_rivals * mean__rivals__caught + risk_publicity * spread
    return np.clip(risk + heard * (1 - risk), 0, 1)
