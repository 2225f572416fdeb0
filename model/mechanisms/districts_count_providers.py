"""Districts know how many institutions are on the register; hidden ones are counted by the model only.

Direction: none; bookkeeping for checks per provider.
"""

from model.declare.mechanism import mechanism


@mechanism(on="district", writes="visible_count hidden_count", arrows="-", system="education", source="R15",
           zh="统计在册与隐形培训者数量")
def districts_count_providers(every__institution__state, every__institution__district_id, visible_count):
    """Count by district the states that inspectors can and cannot see."""
    import numpy as np

    from model.entities.codes import HIDDEN, LICENSED, NON_ACADEMIC

    n = visible_count.size
    seen = (every__institution__state == LICENSED) | (every__institution__state == NON_ACADEMIC)
    where = every__institution__district_id
    return (np.bincount(where[seen], minlength=n),
            np.bincount(where[every__institution__state == HIDDEN], minlength=n))
