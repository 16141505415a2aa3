// Prints docs/api.md: every export of the package with its words and its declaration, read from the sources.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..');
const INDEX = join(ROOT, 'src/index.ts');

const HEAD = `# Functions and types

Made from the sources; \`npx vitest run --project slow test/docs/api.test.ts -u\` writes it again. Everything is exported by \`pungi\` by name.
`;

const SECTIONS = [
  ['Functions', ts.isFunctionDeclaration],
  ['Classes', ts.isClassDeclaration],
  ['Values', ts.isVariableStatement],
  ['Types', (node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)],
];

/** Types that are made of others by inference: what they hold stands on a page of its own. */
const ELSEWHERE = {
  RunnerPolicy: ['type RunnerPolicy = { readonly [key]?: value };', '[Every key](policy.md).'],
  presets: ['const presets: { agent, strict, teaching, data };', '[What each holds](policy.md#presets).'],
  ERROR_CATALOGUE: [
    'const ERROR_CATALOGUE: Record<ErrorCode, { summary; hint; stillUsable; exitCode; httpStatus }>;',
    '[Every row](errors.md).',
  ],
};

const parse = (path, text) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** The names that the index exports, each with the file that declares it. */
function exportsOfIndex() {
  const source = parse(INDEX, readFileSync(INDEX, 'utf8'));
  return source.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause, moduleSpecifier }) =>
    exportClause.elements.map(({ name }) => ({
      name: name.text,
      file: join(dirname(INDEX), moduleSpecifier.text.replace(/\.js$/, '.ts')),
    })),
  );
}

const declarations = new Map();

/** A file as its .d.ts has it: no bodies, no private members. */
function declarationsOf(file) {
  if (!declarations.has(file)) {
    const { outputText } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
      fileName: file,
      compilerOptions: { target: ts.ScriptTarget.ES2022, stripInternal: true },
    });
    declarations.set(file, parse(file, outputText));
  }
  return declarations.get(file);
}

function nameOf(node) {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0].name.text;
  return node.name?.text;
}

/** The comment over a declaration as Markdown; an example is shown by the pages instead, where it runs. */
function wordsOf(nodes) {
  const [words] = nodes.map((node) => ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)).filter(Boolean);
  return words === undefined ? '' : ts.getTextOfJSDocComment(words.comment).replaceAll(/\s*\n\s*/g, ' ');
}

/** The declarations that a file has of a name, its own or imported; none for what the language or a package has. */
function find(name, file) {
  const { statements } = declarationsOf(file);
  const own = statements.filter((node) => nameOf(node) === name);
  if (own.length > 0) return { nodes: own, file };
  for (const { importClause, moduleSpecifier } of statements.filter(ts.isImportDeclaration)) {
    const named = importClause?.namedBindings?.elements?.find((element) => element.name.text === name);
    if (named === undefined || !moduleSpecifier.text.startsWith('.')) continue;
    const path = join(dirname(file), moduleSpecifier.text.replace(/\.js$/, '.ts'));
    return find((named.propertyName ?? named.name).text, path);
  }
  return { nodes: [], file };
}

/** The names of types that a declaration speaks of. */
function namesIn(node) {
  const names = [];
  const visit = (child) => {
    if (ts.isTypeReferenceNode(child)) names.push(child.typeName.getText());
    if (ts.isExpressionWithTypeArguments(child)) names.push(child.expression.getText());
    if (ts.isTypeQueryNode(child)) names.push(child.exprName.getText());
    ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}

/** A declaration with those that it needs and the package does not export, however deep. */
function withParts({ nodes, file }, shown) {
  const parts = nodes.flatMap(namesIn).flatMap((name) => {
    if (shown.has(name)) return [];
    shown.add(name);
    const part = find(name, file);
    const [text, ...rest] = part.nodes.length === 0 ? [] : withParts(part, shown);
    // What is imported under another name is shown under that one.
    return text === undefined ? [] : [text.replace(/(interface|type|class) \w+/, `$1 ${name}`), ...rest];
  });
  return [nodes.map((node) => node.getText()).join('\n'), ...parts];
}

function entryOf({ name, file }) {
  const found = find(name, file);
  if (found.nodes.length === 0) throw new Error(`${file} declares no ${name}`);
  const [text, link] = ELSEWHERE[name] ?? [withParts(found, new Set(exported)).join('\n\n'), ''];
  const shown = text
    .replaceAll(/^(export )?(declare )?/gm, '')
    .replaceAll(/^( {4})+/gm, (indent) => '  '.repeat(indent.length / 4));
  const body = [
    `### ${name}`,
    [wordsOf(found.nodes), link].filter(Boolean).join(' '),
    `\`\`\`ts\n${shown}\n\`\`\``,
  ];
  return { name, node: found.nodes[0], text: body.filter(Boolean).join('\n\n') };
}

const index = exportsOfIndex();
const exported = index.map(({ name }) => name);
const entries = index
  .map(entryOf)
  .sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
const sections = SECTIONS.map(([title, is]) => {
  const members = entries.filter(({ node }) => is(node));
  return `## ${title}\n\n${members.map(({ text }) => text).join('\n\n')}\n`;
});
process.stdout.write(`${HEAD}\n${sections.join('\n')}`);
