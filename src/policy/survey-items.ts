import type { AttributeDefinition } from "../classification/catalog.ts";
import type { Caller, CallerDisclosureCase, CallerElevation } from "../identity/caller.ts";
import { speaksTo } from "./bind-rule.ts";
import { callerAttributes } from "./caller-attributes.ts";
import { EACH_WORDS, type EachKind } from "./for-each.ts";
import { isJointCap } from "./joint-caps.ts";
import type { Policy, PolicyRule } from "./rule.ts";
import { smallWorld } from "./small-world.ts";
import { bindWidest } from "./template.ts";

type Items = Pick<Caller, "elevations" | "disclosureCases">;

const HOUR_MS = 3_600_000;

/** Callers of a survey are about this customer, and work in this case. */
const CUSTOMER = "customer";
const CASE = "case";

/** Elevations and cases of a caller who has all that one can have. */
export function wholeItems({
  policy,
  fieldNames,
  purpose,
  now,
}: {
  policy: Policy;
  fieldNames: readonly string[];
  purpose: string;
  now: Date;
}): Items {
  const [disclosureCase] = casesIn(policy, fieldNames);
  return {
    elevations: [elevation({ fields: fieldNames, purpose, now, endedHoursAgo: null })],
    disclosureCases: disclosureCase === undefined ? [] : [disclosureCase],
  };
}

/**
 * What a caller may have instead: no elevation, an ended one, one for a single field that others are
 * capped beside; a case of another kind, or one that lists nothing. Only for callers to whom some
 * rule about such things speaks, since others are decided alike.
 */
export function itemLacks({
  policy,
  caller,
  now,
}: {
  policy: Policy;
  caller: Caller;
  now: Date;
}): Partial<Caller>[] {
  const attributes = callerAttributes({ policy, caller, now });
  const circumstances = { catalog: new Map(), attributes, scope: { now }, items: [] };
  const kinds = new Set(
    policy.rules.filter((rule) => speaksTo(rule, circumstances)).flatMap(kindsOf),
  );
  const [whole] = caller.elevations;
  const [wholeCase] = caller.disclosureCases;
  const { purpose } = caller;
  const hasElevations = kinds.has("running-elevation") || kinds.has("ended-elevation");
  const ofElevations =
    whole === undefined || purpose === null || !hasElevations
      ? []
      : [
          [],
          [elevation({ fields: whole.fields, purpose, now, endedHoursAgo: 1 })],
          ...fieldsBeside(policy).map((field) => [
            elevation({ fields: [field], purpose, now, endedHoursAgo: null }),
          ]),
        ];
  const ofCases =
    wholeCase === undefined || !kinds.has("disclosure-case")
      ? []
      : [
          [],
          [{ ...wholeCase, fields: [] }],
          ...fieldsBeside(policy).map((field) => [{ ...wholeCase, fields: [field] }]),
          ...casesIn(policy, wholeCase.fields).map((one) => [one]),
        ];
  return [
    ...ofElevations.map((elevations) => ({ elevations })),
    ...ofCases.map((disclosureCases) => ({ disclosureCases })),
  ];
}

function kindsOf(rule: PolicyRule): EachKind[] {
  const except = rule.kind === "stop" ? rule.except?.forEach.of : undefined;
  return [rule.forEach?.of, except].filter((kind) => kind !== undefined);
}

/** Cases that stand for all others, as far as rules tell them apart. */
function casesIn(policy: Policy, fields: readonly string[]): CallerDisclosureCase[] {
  const kind = "disclosure-case";
  const conditions = policy.rules.flatMap(({ forEach }) =>
    forEach?.of === kind ? [bindWidest(forEach.each, {})] : [],
  );
  const { rows } = smallWorld(conditions, attributesOfItems(kind));
  return rows.map((row) => ({
    jurisdiction: "",
    approvalRef: null,
    state: "",
    ...row,
    code: CASE,
    fields,
  }));
}

function attributesOfItems(kind: EachKind): ReadonlyMap<string, AttributeDefinition> {
  const entries = Object.entries(EACH_WORDS[kind].kinds).map(
    ([name, of]): [string, AttributeDefinition] => [
      name,
      { name, column: name, kind: of as AttributeDefinition["kind"], description: "" },
    ],
  );
  return new Map(entries);
}

function fieldsBeside(policy: Policy): string[] {
  return [...new Set(policy.rules.filter(isJointCap).map(({ beside }) => beside.field))];
}

function elevation({
  fields,
  purpose,
  now,
  endedHoursAgo,
}: {
  fields: readonly string[];
  purpose: string;
  now: Date;
  endedHoursAgo: number | null;
}): CallerElevation {
  const until = now.getTime() + (endedHoursAgo === null ? HOUR_MS : -endedHoursAgo * HOUR_MS);
  return {
    id: "elevation",
    customerId: CUSTOMER,
    fields,
    purpose,
    from: new Date(until - 2 * HOUR_MS),
    until: new Date(until),
    reviewedAt: null,
  };
}
