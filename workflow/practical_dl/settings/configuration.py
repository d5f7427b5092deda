"""The configuration: defaults filled in, and each mistake explained in one line."""

import copy
import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from practical_dl.job.errors import UserError
from practical_dl.movies import plan as movies_plan
from practical_dl.settings.backbones import check_backbones
from practical_dl.sources import locations

SCHEMAS = Path(__file__).parents[2] / "schemas"
SMALLEST_PICTURE = 17
"""Pixels that two unpadded 3x3 convolutions with 3x3 max-pools need."""

NO_TEXT = re.compile(r"[-+]?[\d.]+(e[-+]?\d+)?|true|false|null", re.IGNORECASE)
"""What means a number, a truth value or nothing where it is not in quotation marks."""

BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
}
PIPELINES = ("images", "movies", "reviews", "characters")


def fingerprint(config: Mapping[str, Any]) -> str:
    """A hash of the whole configuration, for the rule that writes it."""
    return hashlib.sha256(yaml.safe_dump(config, sort_keys=True).encode()).hexdigest()


def complete(config: dict[str, Any]) -> None:
    """Fill the defaults of the schema into `config` and check it.

    Raises:
        UserError: names the key, its value and what is allowed.
    """
    errors = sorted(_validator().iter_errors(config), key=lambda error: list(map(str, error.path)))
    if errors:
        raise UserError(_explain(errors[0]))
    for pipeline in PIPELINES:
        for index, name in enumerate(config["run"][pipeline]):
            _require_known(f"run.{pipeline}[{index}]", name, config[pipeline])
    for name, image_set in config["images"].items():
        key = f"images.{name}.head.backbone"
        _require_known(key, image_set["head"]["backbone"], image_set["backbones"])
        check_backbones(f"images.{name}", image_set)
        _check_techniques(name, image_set)
        _check_sweep(f"images.{name}", image_set)
        _check_grid(f"images.{name}", image_set)
        _check_scratch(f"images.{name}", image_set)
        _check_pools(config, name)
    for name, rating_set in config["movies"].items():
        _check_components(f"movies.{name}", rating_set)
        _check_scale(f"movies.{name}.source", rating_set["source"])
        movies_plan.check(config, name)


def _check_components(key: str, rating_set: Mapping[str, Any]) -> None:
    rank, components = rating_set["bayes"]["rank"], rating_set["pictures"]["components"]
    if max(components) > rank:
        raise UserError(
            f"config: {key}.pictures.components: {components} is not allowed; "
            f"at most {key}.bayes.rank, {rank}"
        )


def _check_scale(key: str, source: Mapping[str, Any]) -> None:
    scale = source.get("table", {}).get("scale")
    if scale is not None and scale[0] >= scale[1]:
        raise UserError(
            f"config: {key}.table.scale: {scale} is not allowed; the lowest comes first"
        )


def _check_techniques(name: str, image_set: Mapping[str, Any]) -> None:
    backbones, head = image_set["backbones"], image_set["head"]
    stored = backbones[head["backbone"]]["passes"]
    if head["passes"] > stored:
        raise UserError(
            f"config: images.{name}.head.passes: {head['passes']}, but backbone "
            f"{head['backbone']} stores {stored}; raise its `passes`"
        )
    tuned = image_set["fine_tuning"]["backbone"]
    if tuned is not None:
        _require_known(f"images.{name}.fine_tuning.backbone", tuned, backbones)
        if backbones[tuned]["pool"] != "none":
            raise UserError(f"config: images.{name}.fine_tuning.backbone: {tuned} is pooled")


def _check_grid(key: str, image_set: Mapping[str, Any]) -> None:
    """Refuse points of the grid whose features are not made."""
    for index, product in enumerate(image_set["grid"]["products"]):
        where = f"{key}.grid.products[{index}]"
        for name in product.get("backbone", [image_set["head"]["backbone"]]):
            _require_known(f"{where}.backbone", name, image_set["backbones"])
            if "augmented" in product["features"] and not image_set["backbones"][name]["passes"]:
                raise UserError(
                    f"config: {where}.features: augmented, but backbone {name} stores no passes; "
                    "raise its `passes`"
                )


def _check_sweep(key: str, image_set: Mapping[str, Any]) -> None:
    """Refuse a sweep without types, or with pictures too small for its network."""
    if not image_set["sample"]["experiments"]:
        return
    sweep = image_set["augmentation"]
    if not sweep["flip"] and not any(sweep["levels"].values()):
        raise UserError(
            f"config: {key}.augmentation.levels: every type is empty; give one a level, or set "
            f"{key}.sample.experiments to false"
        )
    curves = image_set["sample"]["curves"]
    _check_shrink(f"{key}.augmentation.shrink", sweep["shrink"], image_set)
    _check_shrink(f"{key}.sample.curves.base_shrink", curves["base_shrink"], image_set)
    _check_shrink(f"{key}.sample.curves.shrink", max(curves["shrink"], default=1), image_set)


def _check_shrink(key: str, factor: int, image_set: Mapping[str, Any]) -> None:
    shorter = min(image_set["sample"]["input_size"]) // factor
    if shorter < SMALLEST_PICTURE:
        raise UserError(
            f"config: {key}: {factor} leaves pictures of {shorter} pixels on the shorter side; "
            f"at least {SMALLEST_PICTURE} are needed"
        )


def _check_scratch(key: str, image_set: Mapping[str, Any]) -> None:
    """Refuse networks from scratch that do not read pixels, or follow a sweep that is not run."""
    scratch, backbones = image_set["scratch"], image_set["backbones"]
    name = scratch["backbone"]
    if name is None:
        return
    if backbones.get(name, {}).get("application") != "Pixels":
        raise UserError(
            f"config: {key}.scratch.backbone: {name} is not one of the backbones with "
            "application: Pixels"
        )
    swept = [net for net, given in scratch["networks"].items() if given["augmentation"] == "sweep"]
    if swept and not image_set["sample"]["experiments"]:
        raise UserError(
            f"config: {key}.scratch.networks.{swept[0]}.augmentation: follows the sweep, but "
            f"{key}.sample.experiments is false; set it to none"
        )


def _check_pools(config: Mapping[str, Any], name: str) -> None:
    """Refuse a pool of test pictures that do not exist, and pupils without pictures or teacher."""
    key, image_set = f"images.{name}", config["images"][name]
    pools, pixels = image_set["pseudo_labels"]["pools"], image_set["distillation"]["backbone"]
    absent = [pool for pool in pools if pool != "valid"]
    if absent and not locations.has_test_part(config, name):
        raise UserError(
            f"config: {key}.pseudo_labels.pools: {absent[0]}, but there are no test pictures"
        )
    if pixels is None:
        return
    if image_set["backbones"].get(pixels, {}).get("application") != "Pixels":
        raise UserError(
            f"config: {key}.distillation.backbone: {pixels} is not one of the backbones with "
            "application: Pixels"
        )
    if not pools:
        raise UserError(
            f"config: {key}.distillation.backbone: {pixels}, but its teacher is a head of "
            f"{key}.pseudo_labels, whose `pools` are empty"
        )


def _validator() -> Draft202012Validator:
    schemas = {path.name: yaml.safe_load(path.read_text()) for path in SCHEMAS.glob("*.yaml")}
    for schema in schemas.values():
        del schema["$schema"]  # it would switch back to the validator that fills no defaults
    registry: Registry[Any] = Registry().with_resources(
        (name, DRAFT202012.create_resource(schema)) for name, schema in schemas.items()
    )
    check_properties = Draft202012Validator.VALIDATORS["properties"]

    def fill_defaults(
        validator: Any, properties: Mapping[str, Any], instance: Any, schema: Any
    ) -> Iterator[ValidationError]:
        if isinstance(instance, dict):
            for key, subschema in properties.items():
                if "default" in subschema:
                    instance.setdefault(key, copy.deepcopy(subschema["default"]))
        yield from check_properties(validator, properties, instance, schema)

    extended = validators.extend(Draft202012Validator, {"properties": fill_defaults})
    return extended(schemas["config.schema.yaml"], registry=registry)


def _explain(error: ValidationError) -> str:
    schema: Any = error.schema
    value: Any = error.instance
    rule: Any = error.validator_value
    key = _dotted(error.absolute_path)
    if error.validator == "additionalProperties":
        allowed = sorted(schema["properties"])
        unknown = next(name for name in value if name not in allowed)
        key = _dotted([*error.absolute_path, unknown])
        return f"config: {key}: unknown key{_hint(unknown, allowed)}"
    if error.validator in ("minProperties", "maxProperties"):
        choices = ", ".join(schema.get("properties", {})) or "a name of your choice"
        return f"config: {key}: has {len(value)} entries; give exactly one of: {choices}"
    if error.validator == "required":
        missing = next(name for name in rule if name not in value)
        where = _dotted([*error.absolute_path, missing])
        return f"config: {where}: missing; config/README.md says what it is"
    return f"config: {key}: {value!r} is not allowed; {_allowed(error)}"


def _how_to_give(value: Any) -> str:
    """What to do where a number, or true or false, came as text."""
    if not isinstance(value, str) or not NO_TEXT.fullmatch(value):
        return ""
    return (
        "; write it without quotation marks, in a file for --configfile: what stands in braces "
        "after --config is read as text"
    )


def _allowed(error: ValidationError) -> str:
    value: Any = error.validator_value
    match str(error.validator):
        case "type":
            types = f"its type must be {value if isinstance(value, str) else ' or '.join(value)}"
            return types + _how_to_give(error.instance)
        case "enum":
            return f"allowed: {', '.join(map(str, value))}"
        case bound if bound in BOUNDS:
            schema: Any = error.schema
            return ", ".join(f"{BOUNDS[name]} {schema[name]}" for name in BOUNDS if name in schema)
        case "minItems":
            return f"at least {value} items"
        case "maxItems":
            return f"at most {value} items"
        case "pattern":
            return f"it must match {value}"
        case _:
            return error.message


def _require_known(key: str, name: str, definitions: Mapping[str, Any]) -> None:
    if name not in definitions:
        raise UserError(f"config: {key}: {name!r} is not defined{_hint(name, sorted(definitions))}")


def _hint(name: str, allowed: list[str]) -> str:
    close = difflib.get_close_matches(name, allowed, n=1)
    guess = f"; did you mean {close[0]}?" if close else ""
    return f"{guess} (allowed: {', '.join(allowed)})"


def _dotted(path: Any) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "the whole file"
