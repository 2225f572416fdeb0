"""Anxiety follows rank, the peers who are ahead, the exam gate; trust and reassurance lower it.

Direction: low rank, tutored classmates, exam gate and burden up, anxiety up; calm and trust down.
"""

import numpy as np

from model.declare.mechanism import mechanism


def rivals_feed_anxiety(anxiety, rank, grade, aspiration, calm, trust, worry_trait, mean__classmates__tutored, *,
                        evaluation_reform, anxiety_base, anxiety_rank, anxiety_peers, anxiety_gate,
                        anxiety_aspiration, anxiety_calm, anxiety_trust, anxiety_trait, anxiety_pace,
                        last_primary_grade):
    """Move anxiety towards a logistic of its causes (arrow a11)."""
    junior = grade > last_primary_grade
    drive = (anxiety_base + anxiety_rank * rank * (1 - evaluation_reform) + anxiety_peers * mean__classmates__tutored
             + anxiety_gate * junior * (1 - evaluation_reform) + anxiety_aspiration * aspiration
             - anxiety_calm * calm - anxiety_trust * trust + anxiety_trait * worry_trait)
    return anxiety + anxiety_pace * (1 / (1 + np.exp(-drive)) - anxiety)


def rank_gap_only(anxiety, rank, grade, aspiration, calm, trust, worry_trait, *, evaluation_reform, anxiety_base,
                  anxiety_rank, anxiety_gate, anxiety_aspiration, anxiety_calm, anxiety_trust, anxiety_trait,
                  anxiety_pace, last_primary_grade):
    """Rival: no peer term, anxiety comes from one's own rank and the gate alone."""
    junior = grade > last_primary_grade
    drive = (anxiety_base + (anxiety_rank * rank + anxiety_gate * junior) * (1 - evaluation_reform)
             + anxiety_aspiration * aspiration - anxiety_calm * calm - anxiety_trust * trust + anxiety_trait
             * worry_trait)
    return anxiety + anxiety_pace * (1 / (1 + np.exp(-drive)) - anxiety)


rivals_feed_anxiety = mechanism(
    on="family", writes="anxiety", arrows="a11", system="education", source="A46 A50 A27 arrow-a11",
    zh="位次、同伴培训与升学关口加重焦虑，安心与信任减轻", rivals={"rank_gap_only": rank_gap_only},
)(rivals_feed_anxiety)
