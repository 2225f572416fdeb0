"""Interest classes: pupils, fees and places by district; scarce places raise the price.

Direction: places down, price up.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="district", writes="interest_demand interest_revenue interest_seats interest_price", arrows="a7",
           system="education", source="A20b arrow-a7", zh="兴趣班名额、人数、收费与价格")
def districts_sum_interest(interest_price, sum__family__takes_interest, sum__family__interest_fee,
                           sum__institution__interest_seats, *, scarcity_price, price_pace, interest_old_price,
                           price_top):
    """Sum over families and institutions and move the price with scarcity."""
    tight = sum__family__takes_interest / np.maximum(sum__institution__interest_seats, 1)
    target = interest_old_price * np.minimum(1 + scarcity_price * np.maximum(tight - 1, 0), price_top)
    return (sum__family__takes_interest, sum__family__interest_fee, sum__institution__interest_seats,
            interest_price + price_pace * (target - interest_price))
