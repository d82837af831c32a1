import type { Catalog } from "../classification/catalog.ts";
import type { Caller } from "../identity/caller.ts";
import { ALWAYS, type Condition, NEVER, type Scalar } from "./condition.ts";
import { replaceTests } from "./replace-tests.ts";
import type { Policy } from "./rule.ts";
import { surveyedPairs } from "./survey-callers.ts";

/** A caller who stands for all of a role and purpose in one situation. */
export interface ExemplaryCaller {
  readonly caller: Caller;
  /** What this one lacks, such as `without a second factor`. */
  readonly situation: string;
}

/** A role and a purpose that one of two policies knows. */
export interface ComparedPair {
  readonly role: string;
  readonly purpose: string;
  readonly callers: readonly ExemplaryCaller[];
}

/** The situation of who has all that a caller can have. */
export const LACKS_NOTHING = "who lacks nothing";

/** Every role for every purpose of either policy, in the situations that a policy can tell apart. */
export function comparedPairs(
  policies: readonly Policy[],
  catalog: Catalog,
  now: Date,
): ComparedPair[] {
  const [first] = policies;
  if (first === undefined) return [];
  const all: Policy = {
    ...first,
    roles: new Map(policies.flatMap(({ roles }) => [...roles])),
    purposes: new Map(policies.flatMap(({ purposes }) => [...purposes])),
    rules: policies.flatMap(({ rules }) => rules),
  };
  const names = [...catalog.values()].flatMap(({ fields }) => [...fields.keys()]);
  return surveyedPairs(all, [...new Set(names)], now).map(({ role, purpose, callers }) => {
    const [whole] = callers;
    return {
      role,
      purpose,
      callers: callers.map((caller) => ({
        caller,
        situation: situationOf(whole ?? caller, caller),
      })),
    };
  });
}

function situationOf(whole: Caller, caller: Caller): string {
  const differing = (Object.keys(whole) as (keyof Caller)[]).filter(
    (key) => JSON.stringify(whole[key]) !== JSON.stringify(caller[key]),
  );
  const words = differing.map((key) => LACK_WORDS[key]?.(whole, caller) ?? `with other ${key}`);
  return words.length === 0 ? LACKS_NOTHING : words.join(" and ");
}

const LACK_WORDS: Partial<Record<keyof Caller, (whole: Caller, caller: Caller) => string>> = {
  mfa: () => "without a second factor",
  trainingValidUntil: () => "without a valid training",
  clearance: () => "without a clearance",
  withinWorkingHours: () => "outside the working hours",
  organisationIsFinancial: () => "whose organisation is not financial",
  organisationIsOperator: () => "whose organisation does not operate Custodia",
  elevations: (whole, { elevations: [one] }) => {
    if (one === undefined) return "without an elevation";
    const hasEnded = one.until < (whole.elevations[0]?.until ?? one.until);
    return hasEnded ? "after an elevation" : `with an elevation for ${one.fields.join(", ")} only`;
  },
  disclosureCases: (whole, { disclosureCases: [one] }) => {
    if (one === undefined) return "without a disclosure case";
    const { fields, state, jurisdiction, approvalRef } = one;
    if (fields.length === 0) return "whose case lists no field";
    const { length } = whole.disclosureCases[0]?.fields ?? fields;
    if (fields.length < length) return `whose case lists ${fields.join(", ")} only`;
    const approval = approvalRef === null ? "without approval" : "approved";
    return `with a case in state ${state}, of ${jurisdiction}, ${approval}`;
  },
  engagements: (_whole, { engagements: [one] }) => {
    if (one === undefined) return "without an audit";
    const extent = one.limitedToTransfers ? "of some transfers" : "of everything";
    return `with an audit in state ${one.state}, ${extent}`;
  },
  fieldCeiling: (_whole, { fieldCeiling }) => `with a token ceiling of ${fieldCeiling}`,
  scopes: (whole, { scopes }) =>
    `without the scope ${whole.scopes.filter((scope) => !scopes.includes(scope)).join(", ")}`,
};

/** What a condition about an exemplary caller is to mean on real rows. */
export interface Supposition {
  /** Stands for the organisation of the caller. */
  readonly organisationId: string;
  /** Whether each row is supposed to be the caller's own: their case, their record, approved to them. */
  readonly isTheirs: boolean;
}

/**
 * A condition that was bound to an exemplary caller, for the rows of an organisation. Nobody real
 * stands behind the caller's id, so what a rule asks of it is supposed, and said beside the count.
 */
export function supposing(
  condition: Condition,
  { organisationId, isTheirs }: Supposition,
): Condition {
  return replaceTests(condition, (test) => {
    if (test.kind === "exists") return test;
    const values: readonly Scalar[] = "values" in test ? test.values : [test.value];
    if (values.includes(AT_HOME)) return ALWAYS;
    if (values.some((value) => THEIRS.has(value)))
      return isTheirs && !OF_RELATIVES.has(test.attribute) ? ALWAYS : NEVER;
    const real = values.map((value) => (value === ORGANISATION ? organisationId : value));
    return "values" in test ? { ...test, values: real } : { ...test, value: real[0] as Scalar };
  });
}

/** Whether it makes a difference for a condition that a row is the caller's own. */
export function asksWhose(condition: Condition): boolean {
  const supposed = [true, false].map((isTheirs) =>
    JSON.stringify(supposing(condition, { organisationId: ORGANISATION, isTheirs })),
  );
  return supposed[0] !== supposed[1];
}

/** How surveyed callers are called; no real id looks like these. */
const ORGANISATION = "organisation";
/** The key of a mechanism that lets data flow to them: they are counted as if they read at home. */
const AT_HOME = "export";
const THEIRS: ReadonlySet<Scalar> = new Set(["caller", "customer", "case", "transfer"]);
/** To be related to a customer is no way in which the row is one's own. */
const OF_RELATIVES: ReadonlySet<string> = new Set(["relatedPartyOf"]);
