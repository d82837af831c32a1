import { AUDIT_KEYS } from "./document-keys.ts";
import { VERBS } from "./rule.ts";
import { mapping, oneOrMore, type SchemaPart, text } from "./schema-parts.ts";

/** The form of the `audits:` document. */
export function auditsDocument(): SchemaPart {
  const audits = mapping({
    keys: AUDIT_KEYS,
    parts: {
      about: text,
      source: text,
      "most-in-a-row": { type: "integer", minimum: 1 },
      "never-with": oneOrMore(VERBS),
    },
    required: ["source", "most-in-a-row"],
  });
  return mapping({ keys: ["audits"], parts: { audits }, required: ["audits"] });
}
