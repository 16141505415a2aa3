from PIL import Image, ImageChops, ImageFilter, ImageOps

image = Image.linear_gradient("L").resize((16, 16))
print(image.getextrema(), image.rotate(90).getpixel((0, 0)), image.transpose(Image.Transpose.FLIP_LEFT_RIGHT).size)
print(ImageOps.invert(image).getpixel((0, 15)), ImageOps.mirror(image).size, ImageOps.autocontrast(image).getextrema())
print(image.filter(ImageFilter.GaussianBlur(1)).getpixel((8, 8)), image.point(lambda p: 255 if p > 128 else 0).histogram()[255])
print(image.thumbnail((4, 4)), image.size, list(image.getdata())[:4], ImageChops.difference(image, image).getbbox())
red = Image.merge("RGB", [Image.new("L", (2, 2), v) for v in (255, 0, 9)])
print(red.split()[2].getpixel((1, 1)), Image.blend(red, Image.new("RGB", (2, 2)), 0.5).getpixel((0, 0)), red.convert("L").getpixel((0, 0)), red.convert("HSV").getpixel((0, 0)))
