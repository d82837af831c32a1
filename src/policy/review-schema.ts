import { ENDS_WHEN_OVERDUE, REVIEW_KEYS, TOXIC_PAIR_KEYS } from "./document-keys.ts";
import { VERBS } from "./rule.ts";
import { mapping, oneOrMore, type SchemaPart, text } from "./schema-parts.ts";

/** The form of the `reviews:` document. */
export function reviewsDocument(): SchemaPart {
  const pair = mapping({
    keys: TOXIC_PAIR_KEYS,
    parts: { id: text, about: text, one: oneOrMore(VERBS), other: oneOrMore(VERBS) },
    required: TOXIC_PAIR_KEYS,
  });
  const reviews = mapping({
    keys: REVIEW_KEYS,
    parts: {
      about: text,
      source: text,
      "decide-within-days": { type: "integer", minimum: 1 },
      "ends-when-overdue": { enum: ENDS_WHEN_OVERDUE },
      "toxic-pairs": { type: "array", items: pair },
    },
    required: ["source", "decide-within-days", "ends-when-overdue"],
  });
  return mapping({ keys: ["reviews"], parts: { reviews }, required: ["reviews"] });
}
