import getopt
import optparse

options, rest = getopt.gnu_getopt(["-a", "file1", "--name=x", "-vv", "file2"], "av", ["name=", "all"])
print(options, rest)
try:
    getopt.getopt(["--bogus"], "a", ["name="])
except getopt.GetoptError as error:
    print(error.msg, error.opt)
parser = optparse.OptionParser(usage="%prog [options]", prog="old")
parser.add_option("-n", "--number", type="int", default=3, help="a number [default: %default]")
parser.add_option("-q", action="store_false", dest="loud", default=True)
values, arguments = parser.parse_args(["-n", "7", "-q", "x"])
print(values, arguments, parser.format_help().splitlines()[-2:])
