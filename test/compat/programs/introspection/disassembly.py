import dis
import io

def f(a, b):
    total = a
    for n in range(b):
        total += n
    return total

instructions = list(dis.get_instructions(f))
print(len(instructions) > 10, instructions[-1].opname, sorted({i.opname for i in instructions if "FOR" in i.opname or "RETURN" in i.opname}))
print(f.__code__.co_varnames, f.__code__.co_argcount, f.__code__.co_consts, f.__code__.co_names)
out = io.StringIO()
dis.dis("x + 1", file=out)
print("LOAD_NAME" in out.getvalue(), dis.opmap["POP_TOP"] in range(256), dis.stack_effect(dis.opmap["POP_TOP"]))
