def run(program, limit=100_000):
    jumps, stack = {}, []
    for i, c in enumerate(program):
        if c == "[":
            stack.append(i)
        elif c == "]":
            j = stack.pop()
            jumps[i], jumps[j] = j, i
    tape, pointer, at, out, steps = [0] * 300, 0, 0, [], 0
    while at < len(program) and steps < limit:
        c = program[at]
        if c in "><":
            pointer += 1 if c == ">" else -1
        elif c in "+-":
            tape[pointer] = (tape[pointer] + (1 if c == "+" else -1)) % 256
        elif c == ".":
            out.append(chr(tape[pointer]))
        elif (c == "[" and not tape[pointer]) or (c == "]" and tape[pointer]):
            at = jumps[at]
        at, steps = at + 1, steps + 1
    return "".join(out), steps

print(run("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."))
