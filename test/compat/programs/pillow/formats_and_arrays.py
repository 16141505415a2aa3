import io
import numpy as np
from PIL import Image, UnidentifiedImageError

array = np.zeros((8, 8, 3), dtype="uint8")
array[::2, ::2] = (255, 128, 0)
image = Image.fromarray(array)
buffer = io.BytesIO()
image.save(buffer, "JPEG", quality=90)
print(buffer.getvalue()[:3], Image.open(buffer).size, np.asarray(image)[0, 0], np.asarray(image).mean().round(4))
frames = [Image.new("P", (4, 4), n) for n in range(3)]
frames[0].save("moving.gif", save_all=True, append_images=frames[1:], duration=50)
with Image.open("moving.gif") as moving:
    print(moving.n_frames, moving.is_animated)
    moving.seek(2)
    print(moving.tell())
try:
    Image.open(io.BytesIO(b"no image"))
except UnidentifiedImageError as error:
    print(type(error).__name__)
print(Image.frombytes("L", (2, 1), b"\x01\x02").getpixel((1, 0)), image.quantize(4).mode, image.info)
