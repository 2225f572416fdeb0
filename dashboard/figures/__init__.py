"""Figures: result tables in, matplotlib figures out, in Chinese or English. Only this package knows matplotlib."""
from dashboard.figures.dots import districts, effects
from dashboard.figures.gaps import income_gaps
from dashboard.figures.lines import one_by_one, trajectories
from dashboard.figures.scatter import trade_off
from dashboard.figures.tables import Tables
