"""The advice of suggest.py that is plain data."""
from __future__ import annotations

MODULES = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "sp": "import scipy as sp",
    "tf": "import tensorflow as tf",
    "dt": "import datetime as dt",
    "defaultdict": "from collections import defaultdict",
    "Counter": "from collections import Counter",
    "deque": "from collections import deque",
    "namedtuple": "from collections import namedtuple",
    "OrderedDict": "from collections import OrderedDict",
    "dataclass": "from dataclasses import dataclass",
    "field": "from dataclasses import field",
    "Path": "from pathlib import Path",
    "Decimal": "from decimal import Decimal",
    "Fraction": "from fractions import Fraction",
    "Enum": "from enum import Enum",
    "partial": "from functools import partial",
    "reduce": "from functools import reduce",
    "lru_cache": "from functools import lru_cache",
    "sqrt": "from math import sqrt",
    "pi": "from math import pi",
    "timedelta": "from datetime import timedelta",
    "BytesIO": "from io import BytesIO",
    "StringIO": "from io import StringIO",
    "List": "from typing import List",
    "Dict": "from typing import Dict",
    "Any": "from typing import Any",
    "Optional": "from typing import Optional",
    "Tuple": "from typing import Tuple",
    "Callable": "from typing import Callable",
}

# Names of Python 2.
RENAMED = {
    "xrange": "range",
    "unicode": "str",
    "basestring": "str",
    "unichr": "chr",
    "raw_input": "input",
    "long": "int",
}

SHADOWED = "A variable may hide the function of that name: rename the variable."
CONVERT = "Convert one side first: str(...), int(...) or float(...), or use an f-string."
NONE_VALUE = "The value is None: a function may lack its return, or a lookup found nothing."

# Part of the message of a TypeError -> what to do.
TYPE_ERRORS = (
    ("can only concatenate str", CONVERT),
    ("must be str, not", CONVERT),
    ("'NoneType' object is not", NONE_VALUE),
    ("'NoneType' and", NONE_VALUE),
    ("unsupported operand type(s)", CONVERT),
    ("not supported between instances of", "Convert both sides to one type before comparing."),
    ("'str' object is not callable", SHADOWED),
    ("'list' object is not callable", SHADOWED + " To index, write [ ] in place of ( )."),
    ("object is not callable", SHADOWED),
    ("indices must be integers", "Index by position; to look up by name, use a dict or loop over the items."),
    ("is not JSON serializable", "Convert the value to a dict, list, str, number, bool or None first."),
    ("unhashable type", "Use a tuple or a frozenset as the key or member."),
    ("does not support item assignment", "The value cannot be changed in place: build a new one."),
    ("missing 1 required positional argument: 'self'", "Call the method on an instance: ClassName().method()."),
    ("required positional argument", "Pass the named arguments, or give them defaults."),
    ("takes 0 positional arguments but 1 was given", "A method's first parameter is self."),
    ("unexpected keyword argument", "Check the names of the parameters, for instance with help(function)."),
    ("object is not iterable", "Loop over a list, range(n) or another collection."),
    ("coroutine", "Write await before the call."),
)
