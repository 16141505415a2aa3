code = """
def area(r):
    return 3 * r * r
values = [area(r) for r in range(4)]
"""
namespace = {}
exec(compile(code, "<made>", "exec"), namespace)
print(namespace["values"], sorted(k for k in namespace if not k.startswith("__")))
print(eval("x ** 2 + y", {"x": 3}, {"y": 4}), eval("[i for i in range(3)]"))
for expression in ("1 +", "undefined_name", "1/0"):
    try:
        eval(expression)
    except Exception as error:
        print(type(error).__name__, str(error).split("(")[0])
print(eval(compile("len('abc')", "", "eval")), list(map(eval, ["1+1", "'a'*3"])))
