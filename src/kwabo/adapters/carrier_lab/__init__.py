"""The carrier lab: a second Asterisk that plays the carrier, the called people and test agents.

Here are the table of behaviours, its translation into configuration, and the reader of the lab's
own log, which is the judge of what was dialled. Starting it is the stack's work.
"""
