"""The commands, a module each, and the type of a number that several of them ask for."""

import argparse


def count(text: str) -> int:
    """A whole number from 1 on, as an argument's type."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
