"""Floor 0, the vocabulary: columns, settings, mechanisms, outcomes, draws, relations."""
