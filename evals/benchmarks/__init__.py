"""Benchmarks against published sets that nothing was trained on, each with its baselines."""
