"""The command line: `practical-dl COMMAND`. Each module of practical_dl.commands is a command.

A command module has ABOUT (one line), EXAMPLES (lines), JSON (what a line of `--json` is),
`add_arguments(parser)` and `run(arguments)`, which returns an exit code or None for 0. Its name is
the command's, with '-' for '_'. What is slow to import it imports inside `run`.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from practical_dl import commands
from practical_dl.job.errors import UserError

EXIT_CODES = """exit codes:
  0  fine
  1  a mistake that one `error: ...` line names, or a damaged file
  2  unknown or missing options
"""


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; a user's mistake is one `error: ...` line and exit code 1."""
    arguments = make_parser().parse_args(words)
    try:
        return int(arguments.run(arguments) or 0)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        print(f"error: {error.filename2 or error.filename}: {error.strerror}", file=sys.stderr)
        return 1


def make_parser() -> argparse.ArgumentParser:
    """A parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="practical-dl",
        description="Plan runs, look into results, and use what the workflow has made.",
        epilog=EXIT_CODES + "\n`practical-dl COMMAND --help` has the options and examples of each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for found in pkgutil.iter_modules(commands.__path__):
        command = importlib.import_module(f"{commands.__name__}.{found.name}")
        subparser = subparsers.add_parser(
            found.name.replace("_", "-"),
            help=command.ABOUT,
            description=command.ABOUT,
            epilog=f"{command.EXAMPLES}\n{EXIT_CODES}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(subparser)
        subparser.add_argument(
            "--json", action="store_true", help=f"print JSON Lines: {command.JSON}"
        )
        subparser.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
