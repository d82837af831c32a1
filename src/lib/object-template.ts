/**
 * An object that has every key already, in this order, to be copied with `{ ...template }` and filled. An
 * object that grows key by key under computed names ends as a hash table beyond a dozen of them, which is
 * several times slower to fill, to read and to write out; parsed text does not, and takes any key for what
 * it is, `__proto__` too.
 */
export function objectTemplate(keys: readonly string[]): Readonly<Record<string, unknown>> {
  return JSON.parse(`{${keys.map((key) => `${JSON.stringify(key)}:null`).join()}}`) as Readonly<
    Record<string, unknown>
  >;
}
