import type { Policy } from "../rule.ts";
import type { LawPacks } from "./law-pack.ts";
import { type Law, lawOf, reaches } from "./law.ts";

/** Answers so far, by place and day; law packs that are no longer served take their own with them. */
const known = new WeakMap<LawPacks, Map<string, readonly string[]>>();
const MOST_KNOWN = 1_000;

/**
 * Jurisdictions from whose law data flows to a place as at home: the place itself, and those whose
 * packs name it among their own places or as adequate. To nowhere in particular nothing flows.
 *
 * @param location ISO 3166-1 alpha-2, or null where it is not known
 * @param at UTC
 */
export function freeFlowTo({
  policy,
  location,
  at,
}: {
  policy: Policy;
  location: string | null;
  at: Date;
}): readonly string[] {
  if (location === null || policy.law === undefined) return [];
  const answers = known.get(policy.law) ?? new Map<string, readonly string[]>();
  // Law changes with the day, and every caller of a place asks the same.
  const key = `${location} ${at.toISOString().slice(0, 10)}`;
  const answer = answers.get(key) ?? flowsTo({ policy, location, at });
  if (answers.size >= MOST_KNOWN) answers.clear();
  known.set(policy.law, answers.set(key, answer));
  return answer;
}

function flowsTo({
  policy,
  location,
  at,
}: {
  policy: Policy;
  location: string;
  at: Date;
}): readonly string[] {
  const covered = [...(policy.law?.values() ?? [])].flatMap(({ covers }) => covers);
  const open = covered.filter((from) => {
    const law = lawOf(policy, from, at);
    return [...law.list("free-flow-to"), ...law.list("adequate-places")].includes(location);
  });
  return [...new Set([location, ...open])].sort();
}

/** What a controller needs before data leaves, by how many persons it sent since 1 January. */
export type ExportRoute = "EXEMPT" | "CONTRACT_OR_CERTIFICATION" | "SECURITY_ASSESSMENT";

/**
 * The route that the law asks for. Persons are distinct ones since 1 January; those with sensitive
 * data count in both numbers (CAC Order 16 Arts. 5, 7 and 8; GDPR Art. 46).
 */
export function exportRoute({
  law,
  persons,
  sensitive,
}: {
  law: Law;
  persons: number;
  sensitive: number;
}): ExportRoute {
  const isAssessed =
    reaches(persons, law.threshold("export-assessment-from")) ||
    reaches(sensitive, law.threshold("export-assessment-from-sensitive"));
  if (isAssessed) return "SECURITY_ASSESSMENT";
  const isBound =
    reaches(persons, law.threshold("export-contract-from")) ||
    reaches(sensitive, law.threshold("export-contract-from-sensitive"));
  return isBound ? "CONTRACT_OR_CERTIFICATION" : "EXEMPT";
}
