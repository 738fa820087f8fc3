"""The scoreboard of safety: `make safety` measures G1 to G20 and prints the table.

A measure is a module ``g<number>_<words>.py`` with ``ID``, ``GOAL`` (as the table prints it) and
``measure(short) -> (figure in words, whether the goal is reached)``.
"""
