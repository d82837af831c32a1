import { CALLER_ATTRIBUTES } from "./caller-attributes.ts";
import { nameOfCondition } from "./condition-schema.ts";
import { EXCEPT_KEYS } from "./document-keys.ts";
import { EACH_KINDS, EACH_WORDS, referencesOf } from "./for-each.ts";
import type { KnownAttribute } from "./parse-condition.ts";
import { mapping, type SchemaPart } from "./schema-parts.ts";

/** `for-each` and `each` of a rule. */
export function forEachParts(): Record<"for-each" | "each", SchemaPart> {
  return { "for-each": { enum: EACH_KINDS }, each: { $ref: nameOfCondition("each") } };
}

/** `except` of a stop. */
export function exception(): SchemaPart {
  return mapping({
    keys: EXCEPT_KEYS,
    parts: {
      ...forEachParts(),
      when: { $ref: nameOfCondition("when") },
      "only-fields": { enum: fieldLists() },
    },
    required: ["for-each", "when", "only-fields"],
  });
}

/** Lists of names that a rule can be narrowed to; only the loader knows which fit its `for-each`. */
export function fieldLists(): string[] {
  const ofItems = EACH_KINDS.flatMap((kind) => [...referencesOf(kind)]);
  const lists = ofItems.filter(([, kind]) => kind === "text[]").map(([name]) => `$${name}`);
  return [...callerReferences("text[]"), ...new Set(lists)];
}

/** What `each` may read, of whichever item. */
export function attributesOfItems(): Map<string, KnownAttribute> {
  return new Map(
    EACH_KINDS.flatMap((kind) =>
      Object.entries(EACH_WORDS[kind].kinds).map(([name, of]) => [name, { kind: of }] as const),
    ),
  );
}

/** References to the attributes of callers that are of a kind. */
export function callerReferences(kind: string): string[] {
  return Object.entries(CALLER_ATTRIBUTES)
    .filter(([, ofKind]) => ofKind === kind)
    .map(([name]) => `$caller.${name}`);
}
