import { setMember } from './set-member.js';

/** How a table came about, which decides what may still be added to it (TOML 1.0, "Table"). */
type Origin = 'header' | 'super-header' | 'dotted' | 'inline';

/** Why a key cannot be given here. */
export class TableConflict extends Error {}

/** The tables of a document while it is read: what may be opened, extended and set where. */
export class TomlTables {
  readonly root: object = {};
  readonly #origins = new WeakMap<object, Origin>([[this.root, 'super-header']]);

  /** Opens the table of a header `[a.b]`. */
  open(path: readonly string[]): object {
    let table = this.root;
    for (const [index, key] of path.entries()) {
      const isLast = index === path.length - 1;
      const known = member(table, key);
      const origin = known === undefined ? undefined : this.#originOf(known, path.slice(0, index + 1));
      if (origin === 'inline')
        throw new TableConflict(`${shown(path.slice(0, index + 1))} is closed: it is written inline`);
      if (isLast && (origin === 'header' || origin === 'dotted')) {
        throw new TableConflict(`the table ${shown(path)} is given twice`);
      }
      const next = asTable(known) ?? this.make('super-header');
      if (known === undefined) setMember(table, key, next);
      if (isLast) this.#origins.set(next, 'header');
      table = next;
    }
    return table;
  }

  /** Sets `a.b = value` in a table, making the tables between. */
  set(table: object, path: readonly string[], value: unknown): void {
    let place = table;
    for (const [index, key] of path.slice(0, -1).entries()) {
      const known = member(place, key);
      if (known !== undefined && this.#originOf(known, path.slice(0, index + 1)) !== 'dotted') {
        throw new TableConflict(`the table ${shown(path.slice(0, index + 1))} cannot be added to from here`);
      }
      const next = asTable(known) ?? this.make('dotted');
      if (known === undefined) setMember(place, key, next);
      place = next;
    }
    const last = path.at(-1) ?? '';
    if (Object.hasOwn(place, last)) throw new TableConflict(`the key ${shown(path)} is given twice`);
    setMember(place, last, value);
  }

  make(origin: Origin): object {
    const table = {};
    this.#origins.set(table, origin);
    return table;
  }

  /** Nothing can be added to an inline table, nor to what is in it. */
  close(table: object): void {
    this.#origins.set(table, 'inline');
    for (const value of Object.values(table)) {
      const inner = asTable(value);
      if (inner !== null) this.close(inner);
    }
  }

  #originOf(value: unknown, path: readonly string[]): Origin {
    const table = asTable(value);
    const origin = table === null ? undefined : this.#origins.get(table);
    if (origin === undefined) throw new TableConflict(`${shown(path)} is no table but a value`);
    return origin;
  }
}

function member(table: object, key: string): unknown {
  return Object.hasOwn(table, key) ? Reflect.get(table, key) : undefined;
}

function asTable(value: unknown): object | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

function shown(path: readonly string[]): string {
  return `\`${path.join('.')}\``;
}
