"""What deserves notice: codes, levels, sentences."""
