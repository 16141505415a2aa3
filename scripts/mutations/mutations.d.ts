export declare const MUTATIONS: readonly {
  readonly id: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  readonly tests: readonly string[];
}[];
