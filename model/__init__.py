"""The model: vocabulary, entities, settings, mechanisms, order, outcomes, simulation."""
