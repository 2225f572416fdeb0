"""Interactive charts for the screen (Altair); figures for paper are in dashboard/figures."""
