"""A hidden provider goes on while its margin exceeds the expected loss; unmet demand draws in more.

Direction: perceived risk, penalty and exposure up, fewer operate; price and unmet demand up, more
enter; teachers who tutor on the side add one-to-one supply.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import ACADEMIC, FORMS, GROUP_TUTOR, HIDDEN, IDLE, IN_GROUP, SINGLE_TUTOR


@mechanism(on="institution", writes="state closed_now seats_closing", arrows="a6 k6", system="education",
           source="C3 C14 R24 arrow-a6 arrow-k6", zh="隐形培训者权衡收益与被查损失")
def hidden_providers_weigh_risk(state, kind, registrable, district_id, places, seats, closed_now, seats_closing,
                                pause_months, caught, cost_ratio, boldness, perceived_risk,
                                district__moonlighting, every__market__price, every__market__old_price,
                                every__market__tightness, u_enter, u_leave, *, penalty_level, legal_clarity,
                                exposure, prepay_months, shame_months, months_per_year, stake_fixed, risk_weight,
                                entry_rate, moonlighting_pull, moonlighting_usual, idle_exit):
    """Compare a month's margin and expected loss per pupil; enter, stay or leave."""
    market = district_id * FORMS + np.where(kind == SINGLE_TUTOR, IN_GROUP, IN_GROUP - 1)
    price, tight = every__market__price[market], every__market__tightness[market]
    margin = price - cost_ratio * every__market__old_price[market]
    at_stake = penalty_level * legal_clarity + prepay_months + shame_months * exposure
    loss = price * at_stake + stake_fixed / np.maximum(places, 1)
    worth = margin > perceived_risk / months_per_year * loss * risk_weight / boldness
    out = (state == HIDDEN) & (caught | ~worth | (u_leave < idle_exit * np.clip(1 - tight, 0, 1)))
    side = 1 + moonlighting_pull * (kind == SINGLE_TUTOR) * (district__moonlighting - moonlighting_usual)
    pull = entry_rate * np.clip(tight - 1, 0, 1) * np.maximum(side, 0)
    enters = (state == IDLE) & (kind >= GROUP_TUTOR) & (pause_months <= 0) & worth & (u_enter < pull)
    back = (state == IDLE) & (kind == ACADEMIC) & (pause_months <= 0) & worth & (u_enter < pull)
    state = np.where(out, IDLE, np.where(enters | back, HIDDEN, state))
    return state, (closed_now & registrable) | out, np.where(out, seats, seats_closing * registrable)
