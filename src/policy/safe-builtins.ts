/** Builtins that compute and print: what mode `'allow'` leaves when no list is given. */
export const SAFE_BUILTINS: readonly string[] = (
  'abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict divmod enumerate filter float ' +
  'format frozenset getattr hasattr hash hex id int isinstance issubclass iter len list map max memoryview min next ' +
  'object oct ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super ' +
  'tuple type zip aiter anext'
).split(' ');
