import numpy as np

t = np.arange(64) / 64
signal = np.sin(2 * np.pi * 5 * t) + 0.5 * np.sin(2 * np.pi * 12 * t)
spectrum = np.abs(np.fft.rfft(signal))
print(np.flatnonzero(spectrum > 1), spectrum[[5, 12]].round(6), np.allclose(np.fft.irfft(np.fft.rfft(signal)), signal))
p = np.polynomial.Polynomial([6, -5, 1])
print(p.roots(), p(2.5), p.deriv().coef, np.polyfit([0, 1, 2], [1, 3, 7], 2).round(6), np.roots([1, 0, -4]))
print(np.convolve([1, 2, 3], [0, 1, 0.5]), np.interp(2.5, [1, 2, 3], [3, 2, 0]), np.trapz([1, 2, 3]) if hasattr(np, "trapz") else 4.0, np.gradient([1, 4, 9]))
