"""Members learn the risk of a sanction from strictness, colleagues' sanctions and their own.

Direction: strictness, sanctions and uncleared false reports up, risk up; fault tolerance and
clearing down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="perceived_risk", arrows="b11 b12", system="cadres",
           source="B16 B19 C9 arrow-b11 arrow-b12", zh="成员从问责强度、身边处分与自身经历中学习风险")
def sanctions_teach_risk(perceived_risk, sanctioned, falsely_reported, risk_trait, mean__colleagues__sanctioned,
                         city__accountability, *, fault_tolerance, false_report_clearing, risk_base,
                         risk_strictness, risk_tolerance, risk_reports, member_risk_pace, risk_seen, risk_own,
                         risk_false):
    """Move the perceived risk towards the climate, then add what was seen and felt."""
    climate = (risk_base + risk_strictness * city__accountability * (1 - risk_tolerance * fault_tolerance)
               + risk_reports * (1 - false_report_clearing)) * (1 + risk_trait)
    risk = perceived_risk + member_risk_pace * (climate - perceived_risk)
    felt = risk_seen * mean__colleagues__sanctioned + risk_own * sanctioned + risk_false * falsely_reported
    return np.clip(risk + felt * (1 - np.clip(risk, 0, 1)), 0, 1)
