"""The two classes of a review; a label is a place in this tuple."""

CLASSES = ("neg", "pos")
