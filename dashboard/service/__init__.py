"""Simulation for the app: a pool of processes, a bounded cache on disk, and long studies of the command line."""
