"""Members are parents: their child's schooling worries them at work.

Direction: the household's anxiety up, the member's worry up.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="child_worry", arrows="k6", system="coupling", source="S8 arrow-k6",
           zh="成员也是家长，子女教育焦虑带入工作")
def parents_worry_at_work(has_child, family__anxiety):
    """Look up the anxiety of the member's own household."""
    return np.where(has_child, family__anxiety, 0)
