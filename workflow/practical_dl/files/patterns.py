"""Paths with names left open, such as `results/{dataset}/{model}`, some of which are put in."""

from collections.abc import Iterable


def filled(pattern: str, **names: object) -> str:
    """The pattern with these of its names put in; the others stay."""
    for name, value in names.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern


def of_each(pattern: str, **names: Iterable[object]) -> list[str]:
    """The pattern with each value of one name put in, in their order; other names stay."""
    ((name, values),) = names.items()
    return [filled(pattern, **{name: value}) for value in values]
