import code
import codeop
import contextlib
import io

out = io.StringIO()
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
    interpreter = code.InteractiveInterpreter({"x": 5})
    for line in ("x * 2", "y = x + 1", "y", "1 / 0", "for i in range(2): print(i)\n"):
        print("more" if interpreter.runsource(line) else "done")
print(out.getvalue().replace("\n", "|")[:60])
print(codeop.compile_command("if x:") is None, eval(codeop.compile_command("3 * 3", symbol="eval")))
console = code.InteractiveConsole()
print(console.push("z = ["), console.push("1]"), console.locals["z"])
function = (lambda a: a + 1).__code__.replace(co_name="renamed")
print(function.co_name, function.co_argcount, function.co_flags & 0x04)
