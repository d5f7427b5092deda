"""Meanings of State Farm's classes, which are those of the drawn drivers too."""

MEANINGS = {
    "c0": "driving safely",
    "c1": "texting, right hand",
    "c2": "phoning, right hand",
    "c3": "texting, left hand",
    "c4": "phoning, left hand",
    "c5": "at the radio",
    "c6": "drinking",
    "c7": "reaching behind",
    "c8": "hair and makeup",
    "c9": "talking to a passenger",
}


def meanings() -> str:
    """All classes with their meanings, as a sentence."""
    return f"Classes: {'; '.join(f'{name} {text}' for name, text in MEANINGS.items())}."
