"""Blame, paperwork and safety anxiety are hindrance demands; substantive work with clear duties is a challenge.

Direction: each up, its demand up. Exhausted members meet more hindrance (loss spiral), less so
where leaders support.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="demand_hindrance demand_challenge", arrows="b1 b3 b7 k1", system="cadres",
           source="S4 B4 B9 B13 A44 arrow-b7 arrow-k1", zh="苛责、文书与安全焦虑形成阻碍性要求，耗竭使其加重")
def demands_press(paper_hours, task_hours, hours, service_hours, service_unfair, perceived_risk, exhaustion,
                  leader__care, *, role_clarity, weight_blame, weight_paper, weight_safety, weight_service,
                  loss_spiral, spiral_middle, challenge_clarity, challenge_service):
    """Weigh the parts of each demand."""
    paper = paper_hours / np.maximum(hours, 1)
    service = service_hours / np.maximum(hours, 1)
    hinder = (weight_blame * (1 - leader__care) + weight_paper * paper + weight_safety * perceived_risk
              + weight_service * service * service_unfair
              + loss_spiral * (exhaustion - spiral_middle) * (1 - leader__care))
    task = task_hours / np.maximum(hours, 1)
    challenge = task * (1 + challenge_clarity * role_clarity) + challenge_service * service * (1 - service_unfair)
    return np.clip(hinder, 0, 1), np.clip(challenge, 0, 1)
