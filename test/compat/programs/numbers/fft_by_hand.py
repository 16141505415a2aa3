import cmath

def fft(values):
    n = len(values)
    if n == 1:
        return values
    even, odd = fft(values[::2]), fft(values[1::2])
    twisted = [cmath.exp(-2j * cmath.pi * k / n) * odd[k] for k in range(n // 2)]
    return [e + t for e, t in zip(even, twisted)] + [e - t for e, t in zip(even, twisted)]

signal = [cmath.sin(2 * cmath.pi * 3 * k / 32).real + 0.5 * cmath.cos(2 * cmath.pi * 5 * k / 32).real for k in range(32)]
for frequency, value in enumerate(fft(signal)[:16]):
    if abs(value) > 1e-9:
        print(frequency, round(abs(value), 6))
print(len(signal), round(sum(signal), 9) + 0.0)
