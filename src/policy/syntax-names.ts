import { isModuleName } from './python-names.js';

/** Nodes of Python's `ast` that have a place in the source. One that an older Python lacks cannot occur there. */
const NODES = new Set(
  (
    'FunctionDef AsyncFunctionDef ClassDef Return Delete Assign TypeAlias AugAssign AnnAssign For AsyncFor While If ' +
    'With AsyncWith Match Raise Try TryStar Assert Import ImportFrom Global Nonlocal Expr Pass Break Continue BoolOp ' +
    'NamedExpr BinOp UnaryOp Lambda IfExp Dict Set ListComp SetComp DictComp GeneratorExp Await Yield YieldFrom ' +
    'Compare Call JoinedStr Attribute Subscript Starred List Tuple Slice ExceptHandler'
  ).split(' '),
);

/** `While`, or the call of a name as it is written: `sorted()`, `np.linalg.solve()`. */
export function isSyntaxName(text: string): boolean {
  return NODES.has(text) || (text.endsWith('()') && isModuleName(text.slice(0, -2)));
}
