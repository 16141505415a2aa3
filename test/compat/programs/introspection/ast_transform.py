import ast

SOURCE = "def f(x):\n    y = x * 2 + 1\n    return y if y > 3 else -y"

class Swap(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 10), node)
    def visit_Mult(self, node):
        return ast.Add()

tree = ast.parse(SOURCE)
print(ast.dump(tree.body[0].body[0], indent=1))
changed = ast.fix_missing_locations(Swap().visit(tree))
print(ast.unparse(changed))
namespace = {}
exec(compile(changed, "<tree>", "exec"), namespace)
print(namespace["f"](5), [type(n).__name__ for n in ast.walk(ast.parse("a + b"))], ast.literal_eval("{'a': [1, (2, None)]}"))
try:
    ast.literal_eval("__import__('os')")
except ValueError as error:
    print(str(error)[:24])
