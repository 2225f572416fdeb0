"""Everything on screen or on paper: words, figures and pages, made from saved results."""
