import { isPythonName } from '../policy/python-names.js';
import type { Parameter } from './host-function.js';
import { descriptionOf, isSchemaObject, type JsonSchema, propertiesOf, requiredOf } from './json-schema.js';
import { pythonLiteral } from './python-literal.js';
import { pythonType } from './python-type.js';

/** The harness makes names of its own that begin so. */
const RESERVED = /^_pungi/;

/** Whether a parameter can have this name; others are given by `**{'first-name': ...}`. */
export function isParameterName(name: string): boolean {
  return isPythonName(name) && !RESERVED.test(name);
}

/** The Python parameters of an object schema: what is required first, as Python wants it. */
export function readParameters(schema: JsonSchema): readonly Parameter[] {
  const required = requiredOf(schema);
  const members = propertiesOf(schema);
  const plain = members
    .filter(([name]) => isParameterName(name))
    .map(([name, member]) => plainParameter(name, member, required.has(name), schema));
  const hasOdd = members.some(([name]) => !isParameterName(name));
  const rest = schema['additionalProperties'];
  const isOpen = hasOdd || (rest !== undefined && rest !== false) || members.length === 0;
  return [
    ...plain.filter((parameter) => parameter.required),
    ...plain.filter((parameter) => !parameter.required),
    ...(isOpen && rest !== false ? [moreParameter(plain, rest, schema)] : []),
  ];
}

function plainParameter(name: string, member: unknown, isRequired: boolean, root: JsonSchema): Parameter {
  const fallback = isSchemaObject(member) ? member['default'] : undefined;
  const required = isRequired && fallback === undefined;
  const type = pythonType(member, root);
  const mayBeNone =
    required || fallback !== undefined || type === 'Any' || type.split(' | ').includes('None');
  return {
    name,
    type: mayBeNone ? type : `${type} | None`,
    description: descriptionOf(member) + shape(member, root),
    kind: 'plain',
    required,
    default: fallback,
  };
}

/** Of an object with known keys: a model has to be told them. */
function shape(member: unknown, root: JsonSchema): string {
  if (!isSchemaObject(member)) return '';
  const required = requiredOf(member);
  const keys = propertiesOf(member).map(([key, schema]) => {
    const optional = required.has(key) ? '' : ', optional';
    return `${pythonLiteral(key)}: ${pythonType(schema, root)}${optional}`;
  });
  return keys.length === 0 ? '' : ` {${keys.join('; ')}}`;
}

function moreParameter(plain: readonly Parameter[], rest: unknown, root: JsonSchema): Parameter {
  const taken = new Set(plain.map(({ name }) => name));
  const name = ['arguments', 'more', 'further_arguments'].find((each) => !taken.has(each)) ?? 'arguments_';
  return {
    name,
    type: rest === undefined ? 'Any' : pythonType(rest, root),
    description: '',
    kind: 'more',
    required: false,
    default: undefined,
  };
}
