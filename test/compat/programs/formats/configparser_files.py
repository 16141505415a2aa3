import configparser
import io

config = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
config.read_string("""
[DEFAULT]
root = /srv
retries = 3

[paths]
data = ${root}/data
logs = ${root}/logs

[server]
port = 8080
debug = yes
timeout = 2.5
home = ${paths:data}/home
""")
print(config.sections(), config["paths"]["logs"], config.getint("server", "port"), config.getboolean("server", "debug"))
print(config.getfloat("server", "timeout"), config["server"]["home"], config.get("server", "none", fallback="fallback"))
config["new"] = {"key": "value"}
config.remove_section("paths")
out = io.StringIO()
config.write(out)
print(out.getvalue())
try:
    config.get("absent", "x")
except configparser.NoSectionError as error:
    print(error)
