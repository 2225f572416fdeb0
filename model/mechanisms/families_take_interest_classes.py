"""Families take interest classes as income allows; varied after-school service replaces some.

Direction: income up, price down, variety at school up → fewer; places limit them.
"""

import numpy as np

from model.declare.curve import logistic
from model.declare.mechanism import mechanism


@mechanism(on="family", writes="takes_interest interest_fee", arrows="a13", system="education",
           source="A20b A21 arrow-a13", zh="家庭按收入参加兴趣班，丰富的课后服务替代一部分")
def families_take_interest_classes(takes_interest, interest_taste, urban, income_log, attends_service,
                                   district__interest_price, district__interest_seats, district__interest_demand,
                                   tutored, u_change, *, after_school_variety, wellbeing_support, interest_base,
                                   interest_income, interest_urban, interest_price_weight, interest_variety,
                                   interest_wellbeing, interest_time, interest_pace, price_unit):
    """Compare the lasting taste with a logit; move at a monthly rate within the places."""
    pull = (interest_base + interest_income * income_log + interest_urban * urban
            - interest_price_weight * district__interest_price / price_unit - interest_time * tutored
            - interest_variety * after_school_variety * attends_service - interest_wellbeing * wellbeing_support)
    wants = interest_taste < logistic(pull)
    free = np.clip(1 - district__interest_demand / np.maximum(district__interest_seats, 1), 0, 1)
    crowded = np.clip(1 - district__interest_seats / np.maximum(district__interest_demand, 1), 0, 1)
    leaves = takes_interest & ((~wants & (u_change < interest_pace)) | (u_change < crowded))
    joins = ~takes_interest & wants & (u_change < interest_pace * (free > 0))
    takes = (takes_interest & ~leaves) | joins
    return takes, takes * district__interest_price
