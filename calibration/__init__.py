"""Fitting to evidence: nothing is calibrated in this version; parameters are drawn from their priors."""
