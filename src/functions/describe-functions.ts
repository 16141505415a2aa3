import { collectFunctions, type FunctionSet } from './collect-functions.js';
import { docstringOf } from './docstring.js';
import type { FunctionFacts, HostFunctions, Parameter } from './host-function.js';
import { pythonLiteral } from './python-literal.js';

/**
 * The functions as Python stubs with docstrings, for the system prompt of a model that writes code which calls them.
 *
 * @example
 * describeFunctions({ add: async (a, b) => a + b }); // 'def add(a: Any, b: Any) -> Any: ...\n'
 */
export function describeFunctions(functions: HostFunctions): string {
  return describeSet(collectFunctions(functions));
}

/** The same for `describe()`: with what else has to be known to call them. */
export function callableText(set: FunctionSet): string {
  const intro =
    'Programs can call these functions without an import. Each also has a twin to await, NAME_async.';
  return `- ${intro}\n\n\`\`\`python\n${describeSet(set)}\`\`\`\n`;
}

interface Namespace {
  readonly functions: Map<string, FunctionFacts>;
  readonly namespaces: Map<string, Namespace>;
}

export function describeSet(set: FunctionSet): string {
  const root = createNamespace();
  for (const [name, facts] of set) {
    const path = name.split('.');
    const last = path.pop() ?? name;
    path.reduce(enter, root).functions.set(last, facts);
  }
  return `${stubs(root, '').join('\n\n')}\n`;
}

function createNamespace(): Namespace {
  return { functions: new Map(), namespaces: new Map() };
}

function enter(outer: Namespace, name: string): Namespace {
  const inner = outer.namespaces.get(name) ?? createNamespace();
  outer.namespaces.set(name, inner);
  return inner;
}

function stubs({ functions, namespaces }: Namespace, indent: string): string[] {
  return [
    ...[...functions].map(([name, facts]) => stub(name, facts, indent)),
    ...[...namespaces].map(
      ([name, inner]) => `${indent}class ${name}:\n${stubs(inner, `${indent}    `).join('\n\n')}`,
    ),
  ];
}

function stub(name: string, facts: FunctionFacts, indent: string): string {
  const method = indent === '' ? '' : `${indent}@staticmethod\n`;
  const head = `${method}${indent}def ${name}(${facts.parameters.map(signed).join(', ')}) -> ${facts.returns}:`;
  const doc = docstringOf(facts).replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"');
  if (doc === '') return `${head} ...`;
  const body = doc.replaceAll('\n', `\n${indent}    `).replaceAll(/[ ]+\n/g, '\n');
  return `${head}\n${indent}    """${body}"""`;
}

function signed({ name, type, kind, required, default: fallback }: Parameter): string {
  if (kind !== 'plain') return `${kind === 'rest' ? '*' : '**'}${name}: ${type}`;
  return required ? `${name}: ${type}` : `${name}: ${type} = ${pythonLiteral(fallback)}`;
}
