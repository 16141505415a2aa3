/** Defined, not set: `__proto__` is only a key. */
export function setMember(members: object, key: string, value: unknown): void {
  Object.defineProperty(members, key, { value, enumerable: true, writable: true, configurable: true });
}
