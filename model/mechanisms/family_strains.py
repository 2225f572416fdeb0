"""Long hours, care duties and worry over one's child strain the family; services and aid ease it.

Direction: overtime, child, elders, hardship, worry up, strain up; support, aid and rest down.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="member", writes="family_strain", arrows="b4 k6", system="cadres",
           source="S2 B7 arrow-b4 arrow-k6", zh="长工时、照料与子女焦虑造成家庭冲突，暖心服务可缓解")
def family_strains(family_strain, hours, has_child, elder_care, hardship, child_worry, *, family_support,
                   hardship_aid, hours_normal, strain_base, strain_hours, strain_child, strain_worry,
                   strain_elder, strain_hardship, support_eases, aid_half, strain_pace):
    """Move strain towards the sum of its causes less what services take off."""
    overtime = np.maximum(hours - hours_normal, 0) / hours_normal
    poor = hardship * (1 - hardship_aid / (hardship_aid + aid_half))
    causes = (strain_base + strain_hours * overtime + has_child * (strain_child + strain_worry * child_worry)
              + strain_elder * elder_care + strain_hardship * poor)
    target = causes * (1 - support_eases * family_support)
    return np.clip(family_strain + strain_pace * (target - family_strain), 0, 1)
