/** Most containers inside one another, in values of both directions. */
export const MAX_VALUE_DEPTH = 128;

/** Most nesting of the JSON that carries a value: a tagged dict spends three levels for one of the value's. */
export const MAX_WIRE_DEPTH = 3 * MAX_VALUE_DEPTH + 8;

/** The key that marks a tagged value. */
export const WIRE_TAG = '$pungi';
