"""A whole Kwabo on one machine: started in order, watched, and stopped without leaving anything.

Used by `kwabo up`, the demonstration, the tests and the chaos harness. Several stacks run side by
side; they share what was installed and nothing else.
"""
