"""Extra cost and budgets; a budget is in units of CNY 10 000 a month, as planners state it."""

TEN_THOUSAND = 10_000


def budget_share(cost: float, budget: float) -> float:
    """Return extra cost (CNY a month) over a budget; beyond any share if there is a cost and no budget.

    Expected: ``budget_share(2_500_000, 500) == 0.5``.
    """
    if budget <= 0:
        return float("inf") if cost > 0 else 0.0
    return cost / (budget * TEN_THOUSAND)
