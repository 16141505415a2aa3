import ts from 'typescript';
import type { SourceFile } from './source-file.js';

/** Names of `let` and `var` outside functions: state that outlives a call and is shared by all callers. */
export function findModuleVariables(file: SourceFile): string[] {
  return file.tree.statements
    .filter(ts.isVariableStatement)
    .filter((statement) => !(statement.declarationList.flags & ts.NodeFlags.Const))
    .flatMap((statement) => statement.declarationList.declarations)
    .map((declaration) => `${file.path}: ${declaration.name.getText(file.tree)}`);
}

/** Uses of `object.property`, in code and not in comments or texts. */
export function findUses(file: SourceFile, object: string, property: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.getText(file.tree) === `${object}.${property}`) {
      const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree));
      found.push(`${file.path}:${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file.tree);
  return found;
}
