"""Districts pay the part of the after-school subsidy that they fulfil and owe the rest.

Direction: fulfilment up, money received up; arrears pile up in districts that lag.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="district", writes="subsidy_promised subsidy_paid subsidy_owed", arrows="k2", system="education",
           source="R27 arrow-k2", zh="县区按落实率拨付课后服务补贴，其余拖欠")
def districts_pay_subsidy(subsidy_owed, arrears_tilt, sum__family__attends_service, *, after_school_subsidy,
                          subsidy_fulfilment, in_term):
    """Split what is promised into paid and owed."""
    promised = sum__family__attends_service * (after_school_subsidy * in_term)
    paid = promised * np.clip(1 - (1 - subsidy_fulfilment) * arrears_tilt, 0, 1)
    return promised, paid, subsidy_owed + promised - paid
