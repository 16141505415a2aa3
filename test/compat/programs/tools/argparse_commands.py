import argparse
import contextlib
import io

parser = argparse.ArgumentParser(prog="tool", description="A sample tool.")
parser.add_argument("-v", "--verbose", action="count", default=0)
commands = parser.add_subparsers(dest="command", required=True)
add = commands.add_parser("add", help="adds numbers")
add.add_argument("numbers", nargs="+", type=int)
add.add_argument("--scale", type=float, default=1.0, metavar="F")
find = commands.add_parser("find")
group = find.add_mutually_exclusive_group()
group.add_argument("--name", choices=["a", "b"])
group.add_argument("--all", action="store_true")

print(parser.parse_args(["-vv", "add", "1", "2", "--scale", "2.5"]))
print(vars(parser.parse_args(["find", "--name", "b"])), parser.parse_known_args(["find", "--zzz"])[1])
for bad in (["add", "x"], ["find", "--name", "a", "--all"], []):
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors):
        try:
            parser.parse_args(bad)
        except SystemExit as error:
            print(error.code, errors.getvalue().splitlines()[-1])
print(parser.format_usage().strip(), add.format_help().splitlines()[2])
