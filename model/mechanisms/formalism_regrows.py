"""Formalistic load that is removed grows back in new forms unless layering is controlled.

Direction: burden reduction up, load down; then part of what was removed regrows each month
("old five-many unsolved, new five-many arrive"). Monitoring platforms ask for traces and add load.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="leader", writes="paper_cut paper_regrown paper_load", arrows="b10 k5", system="cadres",
           source="S6 B30 B23 arrow-b10", zh="减下去的形式主义负担会变异回潮")
def formalism_regrows(paper_cut, paper_regrown, paper_trait, amplification, campaign_load, *, burden_reduction,
                      layering_control, role_clarity, learning_platforms, cut_pace, regrowth, regrowth_hold,
                      paper_amplify, paper_clarity, paper_platforms):
    """Cut, regrow, and add up the share of time that paperwork asks for."""
    cut = paper_cut + cut_pace * (burden_reduction - paper_cut)
    back = paper_regrown + regrowth * (1 - regrowth_hold * layering_control) * (cut - paper_regrown)
    back = np.minimum(back, cut)
    base = paper_trait * (1 + paper_amplify * amplification) * (1 - paper_clarity * role_clarity)
    return cut, back, np.clip(base * (1 - cut + back) + campaign_load + paper_platforms * learning_platforms, 0, 1)
