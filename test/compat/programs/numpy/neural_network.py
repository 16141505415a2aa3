import numpy as np

rng = np.random.default_rng(0)
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
y = np.array([[0], [1], [1], [0]], float)
w1, b1, w2, b2 = rng.normal(size=(2, 8)), np.zeros(8), rng.normal(size=(8, 1)), np.zeros(1)
losses = []
for epoch in range(2000):
    hidden = np.tanh(x @ w1 + b1)
    out = 1 / (1 + np.exp(-(hidden @ w2 + b2)))
    losses.append(float(((out - y) ** 2).mean()))
    delta = (out - y) * out * (1 - out)
    back = delta @ w2.T * (1 - hidden ** 2)
    w2 -= 2 * hidden.T @ delta
    b2 -= 2 * delta.sum(0)
    w1 -= 2 * x.T @ back
    b1 -= 2 * back.sum(0)
print([round(loss, 4) for loss in losses[::500]], losses[-1] < 0.01)
print((out > 0.5).astype(int).ravel(), out.round(2).ravel())
