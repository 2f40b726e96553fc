"""Pure, synchronous rules; one package for each noun."""
