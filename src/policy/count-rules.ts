import { COUNT_KEYS, LEAST_FLOOR } from "./document-keys.ts";
import type { Section } from "./document.ts";
import type { CountRules } from "./rule.ts";

/** The `counts:` document: from which size on groups are told of. A second one is a fault. */
export function countRulesIn(documents: readonly Section[]): CountRules | undefined {
  const [first, ...others] = documents.flatMap((document) => {
    if (!document.has("counts") || document.has("role")) return [];
    document.allowOnly(["counts"]);
    return document.section("counts") ?? [];
  });
  for (const other of others) other.fault('"counts" is said twice.');
  return first === undefined ? undefined : countRules(first);
}

function countRules(section: Section): CountRules {
  section.allowOnly(COUNT_KEYS);
  const smallestGroup = floorIn(section, "smallest-group") ?? Infinity;
  const fewestCandidates = section.has("fewest-candidates")
    ? floorIn(section, "fewest-candidates")
    : undefined;
  return { smallestGroup, fewestCandidates, source: section.text("source") };
}

function floorIn(section: Section, key: string): number | undefined {
  const floor = section.value(key);
  if (typeof floor === "number" && Number.isSafeInteger(floor) && floor >= LEAST_FLOOR)
    return floor;
  section.fault(`"${key}" is a whole number from ${LEAST_FLOOR} on.`, key);
  return undefined;
}
