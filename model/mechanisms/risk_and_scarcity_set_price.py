"""Hidden tutoring costs more the scarcer and riskier it is; licensed classes cost at most the guide price.

Direction: perceived risk and unmet demand up, hidden price up, most for one-to-one, where the fine
is spread over few pupils.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import IN_GROUP

LEAST_SAFE = 0.01


def risk_and_scarcity_set_price(price, form, old_price, tightness, risk, enrolled, count__institution, *,
                                guide_price, penalty_level, legal_clarity, prepay_months, months_per_year,
                                scarcity_price, price_pace, risk_price, price_top, stake_fixed):
    """Move the price towards cost, risk premium and scarcity (arrow a7)."""
    hidden = form >= IN_GROUP
    pupils = np.maximum(enrolled / np.maximum(count__institution, 1), 1)
    at_stake = old_price * (penalty_level * legal_clarity + prepay_months) * pupils + stake_fixed
    premium = risk_price * risk / np.maximum(1 - risk, LEAST_SAFE) * at_stake / pupils / months_per_year
    target = old_price * (1 + scarcity_price * np.maximum(tightness - 1, 0)) + premium * hidden
    target = np.where(hidden, np.minimum(target, price_top * old_price), np.minimum(target, guide_price * old_price))
    return price + price_pace * (target - price)


def risk_only(price, form, old_price, risk, *, guide_price, penalty_level, legal_clarity, prepay_months,
              months_per_year, price_pace, risk_price, price_top):
    """Rival: the price follows risk alone, scarcity is rationed by queues."""
    hidden = form >= IN_GROUP
    odds = risk / np.maximum(1 - risk, LEAST_SAFE)
    premium = risk_price * odds * old_price * (penalty_level * legal_clarity + prepay_months) / months_per_year
    target = np.where(hidden, np.minimum(old_price + premium, price_top * old_price), guide_price * old_price)
    return price + price_pace * (target - price)


risk_and_scarcity_set_price = mechanism(
    on="market", writes="price", arrows="a7", system="education", source="A32 C16 arrow-a7",
    zh="隐形培训价格随风险和稀缺上升，合规班受指导价限制", rivals={"risk_only": risk_only},
)(risk_and_scarcity_set_price)
