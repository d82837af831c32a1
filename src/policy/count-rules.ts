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
  const floor = section.value("smallest-group");
  const isFloor = typeof floor === "number" && Number.isSafeInteger(floor) && floor >= LEAST_FLOOR;
  if (!isFloor)
    section.fault(`"smallest-group" is a whole number from ${LEAST_FLOOR} on.`, "smallest-group");
  return { smallestGroup: isFloor ? floor : Infinity, source: section.text("source") };
}
