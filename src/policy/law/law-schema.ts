import { FACT_KEYS, LAW_KEYS, PLACE } from "../document-keys.ts";
import { code, mapping, type SchemaPart, text } from "../schema-parts.ts";
import {
  BOUNDS,
  CONFIDENCES,
  FACT_NAMES,
  type FactName,
  factDefinition,
  TIME_UNITS,
} from "./facts.ts";

const place: SchemaPart = { type: "string", pattern: PLACE.source };
const places: SchemaPart = { type: "array", items: place };
const day: SchemaPart = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" };
const number: SchemaPart = { type: "integer", minimum: 1 };

/** The JSON Schema of a law pack, from the table of facts. */
export function lawDocument(): SchemaPart {
  const facts = mapping({
    keys: FACT_NAMES,
    parts: Object.fromEntries(FACT_NAMES.map((name) => [name, entriesOf(name)])),
  });
  return mapping({
    keys: LAW_KEYS,
    parts: { law: code, about: text, covers: { ...places, minItems: 1 }, "builds-on": code, facts },
    required: ["law", "about", "facts"],
  });
}

function entriesOf(name: FactName): SchemaPart {
  const { about, kind, words } = factDefinition(name);
  const { value, needs, parts } = shapeOf(kind, words ?? []);
  const entry = mapping({
    keys: FACT_KEYS.filter((key) => (key !== "unit" && key !== "bound") || key in parts),
    parts: {
      "effective-from": day,
      value,
      ...parts,
      source: text,
      confidence: { enum: CONFIDENCES },
    },
    required: ["value", ...needs, "source", "confidence"],
  });
  return { description: about, type: "array", minItems: 1, items: entry };
}

interface FactShape {
  readonly value: SchemaPart;
  readonly needs: readonly string[];
  readonly parts: Readonly<Record<string, SchemaPart>>;
}

function shapeOf(kind: string, words: readonly string[]): FactShape {
  switch (kind) {
    case "time":
      return { value: number, needs: ["unit"], parts: { unit: { enum: TIME_UNITS } } };
    case "count":
      return {
        value: number,
        needs: ["bound"],
        parts: { unit: { const: "persons" }, bound: { enum: BOUNDS } },
      };
    case "age":
      return { value: number, needs: [], parts: { unit: { const: "years" } } };
    case "percent":
      return {
        value: { ...number, maximum: 100 },
        needs: [],
        parts: { unit: { const: "percent" } },
      };
    case "flag":
      return { value: { type: "boolean" }, needs: [], parts: {} };
    case "word":
      return { value: { enum: words }, needs: [], parts: {} };
    case "tags":
      return { value: { type: "array", items: { enum: words } }, needs: [], parts: {} };
    default:
      return { value: places, needs: [], parts: {} };
  }
}
