"""The command line: `practical-dl COMMAND`. Each module of practical_dl.commands is a command.

A command module has ABOUT (one line), `add_arguments(parser)` and `run(arguments)`. Its name is
the command's, with '-' for '_'. What is slow to import it imports inside `run`.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from practical_dl import commands
from practical_dl.errors import UserError


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; a user's mistake is one `error: ...` line and exit code 1."""
    arguments = make_parser().parse_args(words)
    try:
        arguments.run(arguments)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def make_parser() -> argparse.ArgumentParser:
    """A parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="practical-dl", description="Use what the workflow has made."
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for found in pkgutil.iter_modules(commands.__path__):
        command = importlib.import_module(f"{commands.__name__}.{found.name}")
        subparser = subparsers.add_parser(
            found.name.replace("_", "-"), help=command.ABOUT, description=command.ABOUT
        )
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
