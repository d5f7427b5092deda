"""config/README.md, made from the schema: `python -m practical_dl.settings.configuration_docs`."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from practical_dl.settings.configuration import PIPELINES, SCHEMAS

HEADER = """# Configuration

`config.yaml` is the demo and the default. An overlay named by `--configfile` is merged into it:
mappings key by key, lists as a whole, and nothing is ever removed. Entries below `images`,
`movies`, `reviews` and `characters` are therefore definitions only; the lists below `run` name
what runs.

    snakemake all --cores 2 --configfile config/real.yaml

Put targets before `--configfile`: everything after it is read as file names. Of several files each
is merged over those before it. A key that is not listed here, or a value that is not allowed,
stops the workflow with one line that names it. `results/run_config.yaml` records what was merged
and filled in.

This page is made from `workflow/schemas/` by `python -m practical_dl.settings.configuration_docs`.
"""
OTHER_SECTIONS = {
    "`pseudo_labels:` of an image set": "pseudo_labels",
    "`distillation:` of an image set": "distillation",
    "`format:` of a table": "table_format",
    "`optimizers:`": "optimizers",
    "`convolution:`": "convolution",
    "`optimizer_comparison:`": "optimizer_comparison",
    "`rnn:` and `lstm:` of a text": "recurrent",
    "`schedule:` as a policy, in place of pairs of epochs and rate (exactly one)": "schedule",
    "`optimizer:` (exactly one)": "optimizer",
}
LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
}


def page() -> str:
    """The whole page as Markdown."""
    schemas = {path.name: yaml.safe_load(path.read_text()) for path in SCHEMAS.glob("*.yaml")}
    sections = [HEADER, *_section("The whole", schemas["config.schema.yaml"], schemas)]
    for pipeline in PIPELINES:
        title = f"`{pipeline}: NAME:`"
        sections += _section(title, schemas[f"{pipeline}.schema.yaml"], schemas)
    for title, name in OTHER_SECTIONS.items():
        sections += _section(title, schemas[f"{name}.schema.yaml"], schemas)
    return "\n".join(sections)


def _section(title: str, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| key | what it says | allowed | default |"
    yield "| --- | --- | --- | --- |"
    for key, value in _leaves(schema, "", schemas):
        default = f"`{_inline(value['default'])}`" if "default" in value else "none: give it"
        description = " ".join(value["description"].split()).replace("|", "\\|")
        yield f"| `{key}` | {description} | {_allowed(value)} | {default} |"
    yield ""


def _leaves(
    schema: Mapping[str, Any], prefix: str, schemas: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, value in schema.get("properties", {}).items():
        key = f"{prefix}{name}"
        others = value.get("additionalProperties") or {}
        if "properties" in value:
            yield from _leaves(value, f"{key}.", schemas)
        elif "properties" in others:
            yield from _leaves(others, f"{key}.NAME.", schemas)
        elif not others:
            yield key, {**schemas.get(value.get("$ref"), {}), **value}


def _allowed(value: Mapping[str, Any]) -> str:
    if "enum" in value:
        return ", ".join("null" if choice is None else str(choice) for choice in value["enum"])
    kind = value["type"]
    limits = [text.format(value[key]) for key, text in LIMITS.items() if key in value]
    return ", ".join([kind if isinstance(kind, str) else " or ".join(kind), *limits])


def _inline(value: Any) -> str:
    return yaml.safe_dump(value, default_flow_style=True, width=200).replace("\n...", "").strip()


if __name__ == "__main__":
    print(page(), end="")
