import { ELEVATION_KEYS } from "./document-keys.ts";
import type { Section } from "./document.ts";
import type { ElevationTerms } from "./rule.ts";

/** The `elevations:` document: how long what belongs to an elevation may take. A second one is a fault. */
export function elevationTermsIn(documents: readonly Section[]): ElevationTerms | undefined {
  const [first, ...others] = documents.flatMap((document) => {
    if (!document.has("elevations") || document.has("role")) return [];
    document.allowOnly(["elevations"]);
    return document.section("elevations") ?? [];
  });
  for (const other of others) other.fault('"elevations" is said twice.');
  return first === undefined ? undefined : elevationTerms(first);
}

function elevationTerms(section: Section): ElevationTerms {
  section.allowOnly(ELEVATION_KEYS);
  return {
    mostMinutes: wholeNumber(section, "most-minutes"),
    lapsesAfterMinutes: wholeNumber(section, "lapses-after-minutes"),
    reviewWithinDays: wholeNumber(section, "review-within-days"),
    source: section.text("source"),
  };
}

function wholeNumber(section: Section, key: string): number {
  const value = section.value(key);
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  section.fault(`"${key}" is a whole number from 1 on.`, key);
  return 0;
}
