"""What the benchmarks of routing are made of."""
