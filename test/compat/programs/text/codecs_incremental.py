import codecs
import io

decoder = codecs.getincrementaldecoder("utf-8")()
data = "añb€c".encode()
print([decoder.decode(data[i:i + 1]) for i in range(len(data))])
print(codecs.encode("Hello", "rot13"), codecs.decode("48656c6c6f", "hex"))
print(codecs.lookup("latin1").name, codecs.BOM_UTF8)
stream = codecs.getwriter("utf-16-le")(io.BytesIO())
stream.write("hi")
print(stream.getvalue())
codecs.register_error("dash", lambda error: ("-" * (error.end - error.start), error.end))
print("a€b€".encode("ascii", "dash"))
