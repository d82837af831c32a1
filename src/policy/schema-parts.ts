import { CODE } from "./document-keys.ts";

/** A piece of a JSON Schema. */
export type SchemaPart = Readonly<Record<string, unknown>>;

/** A text that is not empty. */
export const text: SchemaPart = { type: "string", minLength: 1 };

/** A code in capitals. */
export const code: SchemaPart = { type: "string", pattern: CODE.source };

/** A word out of a list, or some of them. */
export function oneOrMore(words: readonly string[]): SchemaPart {
  return { anyOf: [{ enum: words }, { type: "array", minItems: 1, items: { enum: words } }] };
}

/** A mapping with these keys and no others. */
export function mapping({
  keys,
  parts,
  required = [],
}: {
  keys: readonly string[];
  parts: Readonly<Record<string, SchemaPart>>;
  required?: readonly string[];
}): SchemaPart {
  const properties = Object.fromEntries(keys.map((key) => [key, parts[key] ?? {}]));
  return { type: "object", additionalProperties: false, required, properties };
}
