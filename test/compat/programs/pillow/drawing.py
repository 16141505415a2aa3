from PIL import Image, ImageDraw

image = Image.new("RGB", (60, 40), "white")
draw = ImageDraw.Draw(image)
draw.rectangle((5, 5, 25, 30), fill="red", outline="black")
draw.ellipse((30, 5, 55, 30), fill=(0, 0, 255))
draw.line((0, 39, 59, 0), fill="green", width=2)
draw.text((2, 28), "hi", fill=0)
for name in ("a.png", "a.bmp", "a.gif"):
    image.save(name)
    with Image.open(name) as again:
        print(name, again.size, again.mode, again.format, again.convert("RGB").getpixel((10, 10)))
print(image.getcolors(1000)[:1] is not None, image.crop((5, 5, 26, 31)).size, len(image.tobytes()), image.getbbox())
