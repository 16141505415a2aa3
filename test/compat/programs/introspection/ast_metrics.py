import ast
from collections import Counter

SOURCE = '''
import os, sys as system
from math import pi
class A:
    """Doc."""
    def m(self, n):
        for i in range(n):
            if i % 2 and i > 3 or n:
                print(i)
        return [j for j in range(3)]
async def go(): await x()
'''
tree = ast.parse(SOURCE)
print(Counter(type(node).__name__ for node in ast.walk(tree)).most_common(5))

class Visitor(ast.NodeVisitor):
    def __init__(self):
        self.names, self.complexity = [], 1
    def visit_FunctionDef(self, node):
        self.names.append((node.name, node.lineno, [a.arg for a in node.args.args]))
        self.generic_visit(node)
    visit_AsyncFunctionDef = visit_FunctionDef
    def visit_If(self, node):
        self.complexity += 1
        self.generic_visit(node)
    visit_For = visit_BoolOp = visit_If

visitor = Visitor()
visitor.visit(tree)
print(visitor.names, visitor.complexity, ast.get_docstring(tree.body[2]))
print([alias.name for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom)) for alias in node.names])
