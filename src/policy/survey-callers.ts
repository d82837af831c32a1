import type { Caller } from "../identity/caller.ts";
import { surveyedItems } from "./survey-items.ts";
import { type ConditionTemplate, isReference } from "./template.ts";
import type { Policy } from "./rule.ts";

/** A role and a purpose, with the callers that stand for all who have the two. */
export interface SurveyedPair {
  readonly role: string;
  readonly purpose: string;
  readonly callers: readonly Caller[];
}

/**
 * Every role for every purpose: who has all that a caller can have, and who lacks one thing of it
 * (second factor, training, clearance, working hours, an organisation of the needed kind, an
 * elevation, a case; systems a scope, or the freedom of a ceiling).
 */
export function surveyedPairs(
  policy: Policy,
  fieldNames: readonly string[],
  now: Date,
): SurveyedPair[] {
  const scopes = scopesIn(policy);
  return [...policy.roles.values()].flatMap(({ role, kind }) =>
    [...policy.purposes.keys()].map((purpose): SurveyedPair => {
      const isMachine = kind === "MACHINE";
      const plain = plainCaller({ isMachine, roles: [role], purpose, scopes, now });
      const items = surveyedItems({ policy, caller: plain, fieldNames, now });
      const whole: Caller = { ...plain, ...items.whole };
      const lacks: Partial<Caller>[] = isMachine
        ? [
            ...scopes.map((scope) => ({ scopes: scopes.filter((other) => other !== scope) })),
            { fieldCeiling: "PARTIAL" },
            { fieldCeiling: "EXISTS" },
          ]
        : [
            { mfa: false },
            { trainingValidUntil: null },
            { clearance: null },
            { withinWorkingHours: false },
            { organisationIsFinancial: false },
            { organisationIsOperator: false },
            ...items.lacks,
          ];
      return { role, purpose, callers: [whole, ...lacks.map((lack) => ({ ...whole, ...lack }))] };
    }),
  );
}

/** Somebody in particular roles who lacks nothing, and to whom nothing was opened. */
export function plainCaller({
  isMachine,
  roles,
  purpose,
  scopes,
  now,
}: {
  isMachine: boolean;
  roles: readonly string[];
  purpose: string;
  /** Scopes of the token, where it is a system's. */
  scopes: readonly string[];
  now: Date;
}): Caller {
  return {
    ...SOMEBODY,
    kind: isMachine ? "CLIENT" : "PERSON",
    roles,
    purposes: [purpose],
    purpose,
    scopes: isMachine ? scopes : [],
    trainingValidUntil: new Date(now.getTime() + 1_000),
    elevations: [],
    disclosureCases: [],
    engagements: [],
  };
}

const SOMEBODY = {
  id: "caller",
  name: "caller",
  organisationId: "organisation",
  organisationCode: "organisation",
  organisationIsFinancial: true,
  organisationIsOperator: true,
  servedOrganisationIds: ["organisation"],
  fieldCeiling: null,
  mfa: true,
  authenticatedAt: null,
  clearance: "PRIVATE",
  withinWorkingHours: true,
  customerId: "customer",
  customerReference: "reference",
  caseCodes: ["case"],
  location: null,
  exportKeys: ["export"],
  tokenId: "token",
} as const;

/** Every scope that some rule asks for. */
export function scopesIn(policy: Policy): string[] {
  return [...new Set(policy.rules.flatMap(({ caller }) => scopesOf(caller)))].sort();
}

function scopesOf(template: ConditionTemplate): string[] {
  switch (template.kind) {
    case "all":
    case "any":
      return template.of.flatMap(scopesOf);
    case "not":
      return scopesOf(template.of);
    case "includes":
      return template.attribute === "scopes" && !isReference(template.value)
        ? [String(template.value)]
        : [];
    case "overlaps":
    case "in":
      return template.attribute === "scopes" && !isReference(template.values)
        ? template.values.map(String)
        : [];
    default:
      return [];
  }
}
