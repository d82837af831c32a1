import { PLACE } from "../document-keys.ts";
import type { Section } from "../document.ts";
import { type FactName, factDefinition } from "./facts.ts";
import type { FactValue } from "./law-pack.ts";

/** The value of an entry, of the kind that the fact has; anything else is a fault. */
export function readFactValue(name: FactName, section: Section): FactValue {
  const { kind, words = [] } = factDefinition(name);
  const value = section.value("value");
  switch (kind) {
    case "age":
    case "time":
    case "count":
    case "percent":
      if (isNumberOf(kind, value)) return value;
      section.fault(`"${name}" is a whole number from 1 on.`, "value");
      return 0;
    case "flag":
      if (typeof value === "boolean") return value;
      section.fault(`"${name}" is true or false.`, "value");
      return false;
    case "word":
      return section.word("value", words) ?? "";
    case "tags":
    case "places":
      if (Array.isArray(value) && value.length === 0) return [];
      return kind === "tags" ? section.words("value", words) : placesIn(name, section);
  }
}

function isNumberOf(kind: string, value: unknown): value is number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) return false;
  return kind !== "percent" || value <= 100;
}

function placesIn(name: FactName, section: Section): string[] {
  const value = section.value("value");
  if (Array.isArray(value) && value.every((place) => PLACE.test(String(place)))) return value;
  section.fault(`"${name}" is a list of places, each with two capital letters.`, "value");
  return [];
}
