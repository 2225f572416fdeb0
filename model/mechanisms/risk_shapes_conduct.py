"""Accountability deters shirking and breeds avoidance; tolerance and public spirit breed bold action.

Direction: strictness up, flagrant shirking down and blame avoidance up (a hump in effective work);
fault tolerance up, bold action up, more so with strong public-service motivation; tolerance without
error correction weakens care (moral hazard).
"""

import numpy as np

from model.declare.mechanism import mechanism


def risk_shapes_conduct(engagement, cynicism, conviction, public_service, perceived_risk, promotion_chance,
                        city__accountability, competence, *, fault_tolerance, role_clarity, shirk_base,
                        shirk_engagement, shirk_cynicism, shirk_accountability, shirk_tolerance, avoid_base,
                        avoid_risk, avoid_public, avoid_clarity, bold_base, bold_tolerance, bold_public,
                        bold_empower, bold_risk, effort_base, effort_engagement, effort_conviction,
                        effort_chance, effort_cynicism):
    """Return shirking, avoidance, chance of bold action and effort (arrows b11, b12, b14)."""
    shirk = 1 / (1 + np.exp(-(shirk_base - shirk_engagement * engagement + shirk_cynicism * cynicism
                              - shirk_accountability * city__accountability + shirk_tolerance * fault_tolerance)))
    avoid = 1 / (1 + np.exp(-(avoid_base + avoid_risk * perceived_risk - avoid_public * public_service * conviction
                              - avoid_clarity * role_clarity)))
    bold = 1 / (1 + np.exp(-(bold_base + fault_tolerance * (bold_tolerance + bold_empower * public_service)
                             + bold_public * public_service * competence - bold_risk * perceived_risk)))
    effort = (effort_base + effort_engagement * engagement + effort_conviction * conviction
              + effort_chance * promotion_chance - effort_cynicism * cynicism) * (1 - shirk)
    return shirk, avoid, bold, np.clip(effort, 0, 1)


def without_avoidance(engagement, cynicism, conviction, public_service, perceived_risk, promotion_chance,
                      avoidance, city__accountability, competence, *, fault_tolerance, shirk_base,
                      shirk_engagement, shirk_cynicism, shirk_accountability, shirk_tolerance, bold_base,
                      bold_tolerance, bold_public, bold_empower, bold_risk, effort_base, effort_engagement,
                      effort_conviction, effort_chance, effort_cynicism):
    """Rival: accountability only deters; avoidance stays where it was."""
    shirk = 1 / (1 + np.exp(-(shirk_base - shirk_engagement * engagement + shirk_cynicism * cynicism
                              - shirk_accountability * city__accountability + shirk_tolerance * fault_tolerance)))
    bold = 1 / (1 + np.exp(-(bold_base + fault_tolerance * (bold_tolerance + bold_empower * public_service)
                             + bold_public * public_service * competence - bold_risk * perceived_risk)))
    effort = (effort_base + effort_engagement * engagement + effort_conviction * conviction
              + effort_chance * promotion_chance - effort_cynicism * cynicism) * (1 - shirk)
    return shirk, avoidance, bold, np.clip(effort, 0, 1)


risk_shapes_conduct = mechanism(
    on="member", writes="shirking avoidance bold_action effort", arrows="b11 b12 b14", system="cadres",
    source="B16 B19 B21 B22 B26 arrow-b11 arrow-b12 arrow-b14", zh="问责抑制懈怠却滋生避责，容错激发担当",
    rivals={"without_avoidance": without_avoidance},
)(risk_shapes_conduct)
