"""Text-to-speech engines, and the cache before them."""
