"""What families pay is what the market's providers take.

Direction: none; conservation of money.
"""

from model.declare.mechanism import mechanism


@mechanism(on="market", writes="enrolled revenue", arrows="-", system="education", source="A22",
           zh="家庭所付即机构所得")
def markets_take_fees(count__family, sum__family__tuition):
    """Sum pupils and fees."""
    return count__family, sum__family__tuition
