"""Levers, parameters and sources as data files."""
