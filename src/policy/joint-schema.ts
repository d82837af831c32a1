import type { Catalog, TypeDefinition } from "../classification/catalog.ts";
import { DISCLOSURES } from "../classification/disclosure.ts";
import { JOINT_KEYS } from "./document-keys.ts";
import { code, mapping, type SchemaPart, text } from "./schema-parts.ts";

/** The JSON Schema of a `joint:` document. */
export function jointDocument(catalog: Catalog): SchemaPart {
  const names = [...new Set([...catalog.values()].flatMap(({ fields }) => telling(fields)))];
  const levels = { enum: DISCLOSURES.filter((level) => level !== "NONE") };
  const beside = mapping({ keys: names, parts: Object.fromEntries(names.map((n) => [n, levels])) });
  const cap = mapping({
    keys: JOINT_KEYS,
    parts: {
      id: text,
      about: text,
      source: text,
      reason: code,
      type: { enum: [...catalog.keys()] },
      field: { enum: names },
      beside: { ...beside, minProperties: 1, maxProperties: 1 },
      "at-most": { enum: DISCLOSURES },
      spare: text,
    },
    required: ["id", "about", "source", "reason", "field", "beside", "at-most"],
  });
  return mapping({
    keys: ["joint"],
    parts: { joint: { type: "array", items: cap } },
    required: ["joint"],
  });
}

/** What leads to other rows, and what the schema of the API adds to a type, tells nothing beside a field. */
function telling(fields: TypeDefinition["fields"]): string[] {
  return [...fields.values()]
    .filter(({ category, shape }) => category !== "GOVERNANCE" && shape !== "relation")
    .map(({ name }) => name);
}
