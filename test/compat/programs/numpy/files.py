import io
import numpy as np

a = np.arange(6).reshape(2, 3) / 4
np.save("a.npy", a)
np.savez_compressed("many.npz", first=a, second=a * 2)
np.savetxt("a.csv", a, delimiter=",", header="x,y,z", fmt="%.3f")
print(np.load("a.npy"), open("a.csv").read(), np.loadtxt("a.csv", delimiter=","), sep="\n")
with np.load("many.npz") as archive:
    print(sorted(archive.files), archive["second"].sum())
print(np.genfromtxt(io.StringIO("1,2\n3,\n"), delimiter=",", filling_values=-1), np.frombuffer(a.tobytes()).sum())
mapped = np.memmap("map.bin", dtype="int16", mode="w+", shape=(4,))
mapped[:] = [1, 2, 3, 4]
mapped.flush()
print(np.fromfile("map.bin", dtype="int16"))
