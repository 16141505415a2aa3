def table(rows, align=None):
    header, *body = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *body)]
    align = align or "l" * len(header)
    rule = {"l": lambda w: ":" + "-" * (w + 1), "r": lambda w: "-" * (w + 1) + ":", "c": lambda w: ":" + "-" * w + ":"}
    pad = {"l": str.ljust, "r": str.rjust, "c": str.center}
    def line(cells):
        return "| " + " | ".join(pad[a](c, w) for a, c, w in zip(align, cells, widths)) + " |"
    return "\n".join([line(header), "|" + "|".join(rule[a](w) for a, w in zip(align, widths)) + "|", *map(line, body)])

print(table([("name", "qty", "state"), ("bolt", 1200, "ok"), ("washer", 35, "low"), ("nut", 0, "out")], "lrc"))
