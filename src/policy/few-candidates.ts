import { candidatesLeft } from "../classification/anatomy.ts";
import type { Catalog, FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import { type Disclosure, isAbove } from "../classification/disclosure.ts";
import { abilityFor } from "./ability.ts";
import { isConstant } from "./condition.ts";
import type { Finding } from "./findings.ts";
import { planFor } from "./plan.ts";
import { rowCondition } from "./row-condition.ts";
import type { Policy, RoleDefinition } from "./rule.ts";
import { surveyedPairs } from "./survey-callers.ts";

/** What somebody is shown at most: the level of each field, and the rule that gives it. */
type Shown = ReadonlyMap<FieldDefinition, { readonly level: Disclosure; readonly rule: string }>;

/** A value that has fewer forms than this is not protected by being one of many. */
const GUESSABLE = 10_000;

interface Holder {
  readonly who: string;
  readonly shown: Shown;
}

/**
 * Fields whose forms, seen together, leave fewer values of one of them than the policy wants
 * (`fewest-candidates`): for each role and purpose, for a role in all its purposes, and for two
 * roles of one kind, which one person may hold. A value that is given in clear is not looked at.
 */
export function fewCandidates(policy: Policy, catalog: Catalog, now: Date): Finding[] {
  const fewest = policy.counts?.fewestCandidates;
  const type = catalog.get("Customer");
  if (fewest === undefined || type === undefined) return [];
  const told = new Set<string>();
  return holdersIn({ policy, catalog, type, now }).flatMap(({ who, shown }) =>
    [...type.fields.values()].flatMap((field): Finding[] => {
      const left = leftOf(field, shown);
      const rules = [...shown.values()].map(({ rule }) => rule);
      // What one purpose shows alone is not told again of all purposes, or of two roles.
      const key = `${field.name} ${left}`;
      if (left === null || left >= fewest || told.has(key)) return [];
      told.add(key);
      const place = policy.rules.find(
        ({ id }) => id === shown.get(field)?.rule || rules.includes(id),
      );
      return [
        {
          severity: "warning",
          file: place?.file ?? ".",
          line: place?.line ?? 1,
          message: `${who} sees ${listOf(field, shown)} together: that leaves ${left} candidates of ${type.name}.${field.name}, and the policy wants ${fewest}. Lower one of them, or cap them jointly.`,
        },
      ];
    }),
  );
}

/** Candidates of a field's value beside all that is shown; null where nothing of it is hidden. */
function leftOf(field: FieldDefinition, shown: Shown): number | null {
  const { anatomy } = field;
  if (anatomy === undefined || shown.get(field)?.level === "CLEAR") return null;
  // What has few values anyway is guessed without any of them.
  if (candidatesLeft(anatomy, new Set()) < GUESSABLE) return null;
  const known = new Set([...shown].flatMap(([one, { level }]) => partsShown(one, level)));
  return candidatesLeft(anatomy, known);
}

/** Names of the parts that a field shows at a level. */
function partsShown(field: FieldDefinition, level: Disclosure): string[] {
  const { anatomy, shows } = field;
  if (level === "CLEAR") {
    const check = anatomy?.check === undefined ? [] : [anatomy.check];
    return [...(anatomy?.parts ?? []), ...check].map(({ name }) => name);
  }
  if (level !== "PARTIAL" && level !== "COARSE") return [];
  return [...(shows?.[level] ?? [])];
}

function holdersIn({
  policy,
  catalog,
  type,
  now,
}: {
  policy: Policy;
  catalog: Catalog;
  type: TypeDefinition;
  now: Date;
}): Holder[] {
  const names = [...type.fields.keys()];
  const pairs = surveyedPairs(policy, names, now).flatMap(
    ({ role, purpose, callers: [caller] }) => {
      if (caller === undefined) return [];
      const bound = abilityFor({ policy, catalog, caller, now });
      if (isConstant(rowCondition(bound.ability, "see", type.name), false)) return [];
      const best = [...planFor(bound, type).values()].map(
        (plan) => [plan.field, { level: plan.best.disclosure, rule: plan.best.rule }] as const,
      );
      return [{ role, who: `${role} for ${purpose}`, shown: new Map(best) as Shown }];
    },
  );
  const byRole = Map.groupBy(pairs, ({ role }) => role);
  const roles = [...byRole].map(([role, each]) => ({
    role,
    who: `${role} in all its purposes`,
    shown: together(each.map(({ shown }) => shown)),
  }));
  return [...pairs, ...roles, ...pairsOfRoles(roles, policy.roles)];
}

/** Two roles of one kind: staff may be given several, and so may outsiders. */
function pairsOfRoles(
  holders: readonly (Holder & { readonly role: string })[],
  roles: ReadonlyMap<string, RoleDefinition>,
): Holder[] {
  return holders.flatMap((one, at) =>
    holders
      .slice(at + 1)
      .filter((other) => roles.get(other.role)?.kind === roles.get(one.role)?.kind)
      .map((other) => ({
        who: `Whoever is ${one.role} and ${other.role}`,
        shown: together([one.shown, other.shown]),
      })),
  );
}

/** The most of each field that any of them shows. */
function together(all: readonly Shown[]): Shown {
  const most = new Map<FieldDefinition, { level: Disclosure; rule: string }>();
  for (const [field, given] of all.flatMap((shown) => [...shown])) {
    const known = most.get(field);
    if (known === undefined || isAbove(given.level, known.level)) most.set(field, given);
  }
  return most;
}

/** The fields that show parts of a value, each with its level. */
function listOf(field: FieldDefinition, shown: Shown): string {
  const { parts = [], check } = field.anatomy ?? {};
  const own = new Set([...parts, ...(check === undefined ? [] : [check])].map(({ name }) => name));
  return [...shown]
    .filter(([one, { level }]) => partsShown(one, level).some((name) => own.has(name)))
    .map(([one, { level }]) => `${one.name} at ${level}`)
    .join(", ");
}
