import platform
import sys
import sysconfig

print(sys.version_info.major, platform.python_implementation(), sys.implementation.name, sys.byteorder, sys.maxsize == 2 ** 63 - 1)
print(platform.system(), sys.platform, sysconfig.get_platform().startswith("linux"), sys.hash_info.width, sys.int_info.bits_per_digit)
print(sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.float_repr_style, sys.flags.optimize, sys.dont_write_bytecode in (True, False))
print("json" in sys.stdlib_module_names if hasattr(sys, "stdlib_module_names") else True, "math" in sys.builtin_module_names or True, platform.python_version().startswith("3."))
