import numpy as np
from scipy import interpolate, ndimage, signal

t = np.linspace(0, 1, 200, endpoint=False)
wave = np.sin(2 * np.pi * 5 * t) + 0.3 * np.sin(2 * np.pi * 60 * t)
b, a = signal.butter(4, 0.2)
smooth = signal.filtfilt(b, a, wave)
print(b.round(6), np.abs(smooth - np.sin(2 * np.pi * 5 * t)).max().round(4), signal.find_peaks(smooth)[0])
frequencies, power = signal.periodogram(wave, fs=200)
print(frequencies[power.argmax()], signal.savgol_filter([1, 2, 9, 4, 5], 3, 1).round(4), signal.convolve2d([[1, 2], [3, 4]], [[1, 0]], mode="same"))
spline = interpolate.CubicSpline([0, 1, 2, 3], [0, 1, 8, 27])
print(spline(1.5), interpolate.interp1d([0, 2], [0, 4])(1.0), interpolate.griddata([[0, 0], [0, 1], [1, 0]], [0, 1, 2], [[0.25, 0.25]]).round(4))
print(ndimage.label([[1, 0, 1], [1, 0, 0]])[1], ndimage.gaussian_filter(np.eye(3), 1).round(4)[1])
