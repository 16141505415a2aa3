import numpy as np

data = np.ma.masked_invalid([1.0, np.nan, 3.0, np.inf])
print(data, data.mean(), data.filled(-1), data.count())
with np.errstate(divide="ignore", invalid="ignore"):
    print(np.array([1, 0, -1]) / 0.0, np.sqrt([-1.0, 4.0]), np.log([0.0, 1.0]))
with np.errstate(all="raise"):
    try:
        np.float64(1) / np.float64(0)
    except FloatingPointError as error:
        print(error)
print(np.int8(127) + np.array([1], dtype="int8"), np.iinfo("int16").max, np.finfo(float).eps, np.nan_to_num([np.nan, 1]), np.isclose(0.1 + 0.2, 0.3))
np.set_printoptions(precision=3, suppress=True)
print(np.array([1e-10, 123.456789, 1e5]))
