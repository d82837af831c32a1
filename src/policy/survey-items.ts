import type { AttributeDefinition } from "../classification/catalog.ts";
import type {
  Caller,
  CallerDisclosureCase,
  CallerElevation,
  CallerEngagement,
} from "../identity/caller.ts";
import { speaksTo } from "./speaking.ts";
import { callerAttributes } from "./caller-attributes.ts";
import type { AttributeValues, Condition } from "./condition.ts";
import { EACH_WORDS, type EachKind } from "./for-each.ts";
import { isJointCap } from "./joint-caps.ts";
import { compilePredicate } from "./matches.ts";
import type { Policy, PolicyRule } from "./rule.ts";
import { smallWorld } from "./small-world.ts";
import { bindWidest } from "./template.ts";

type Items = Pick<Caller, "elevations" | "disclosureCases" | "engagements">;

const HOUR_MS = 3_600_000;

/** Callers of a survey are about this customer, and work in this case, audit and transfer. */
const CUSTOMER = "customer";
const CASE = "case";
const ENGAGEMENT = "engagement";
const TRANSFER = "transfer";
/** Organisation of surveyed callers. */
const ORGANISATION = "organisation";
/** An audited time in which every day lies. */
const EVER = { from: "0001-01-01", to: "9999-12-31" };

/**
 * A caller with all the elevations, cases and audits that one can have, and what there may be instead: no
 * elevation, an ended one, one for a single field that others are capped beside; a case of another
 * kind, or one that lists less; an audit in another state, or of another extent. Only where some rule about such things speaks to the caller, since
 * all others are decided alike.
 */
export function surveyedItems({
  policy,
  caller,
  fieldNames,
  now,
}: {
  policy: Policy;
  caller: Caller;
  fieldNames: readonly string[];
  now: Date;
}): { readonly whole: Items; readonly lacks: Partial<Items>[] } {
  const attributes = callerAttributes({ policy, caller, now });
  const circumstances = { catalog: new Map(), attributes, scope: { now }, items: [] };
  const kinds = new Set(
    policy.rules.filter((rule) => speaksTo(rule, circumstances)).flatMap(kindsOf),
  );
  const hasElevations = kinds.has("running-elevation") || kinds.has("ended-elevation");
  const [elevations = [], ...otherElevations] = hasElevations
    ? elevationsFor({ policy, fieldNames, purpose: caller.purpose ?? "", now })
    : [];
  const [disclosureCases = [], ...otherCases] = kinds.has("disclosure-case")
    ? casesFor(policy, fieldNames)
    : [];
  const [engagements = [], ...otherEngagements] = kinds.has("engagement")
    ? engagementsFor(policy)
    : [];
  return {
    whole: { elevations, disclosureCases, engagements },
    lacks: [
      ...otherElevations.map((one) => ({ elevations: one })),
      ...otherCases.map((one) => ({ disclosureCases: one })),
      ...otherEngagements.map((one) => ({ engagements: one })),
    ],
  };
}

function elevationsFor({
  policy,
  fieldNames,
  purpose,
  now,
}: {
  policy: Policy;
  fieldNames: readonly string[];
  purpose: string;
  now: Date;
}): CallerElevation[][] {
  const made = (fields: readonly string[], endedHoursAgo: number | null): CallerElevation[] => [
    elevation({ fields, purpose, now, endedHoursAgo }),
  ];
  return [
    made(fieldNames, null),
    [],
    made(fieldNames, 1),
    ...fieldsBeside(policy).map((field) => made([field], null)),
  ];
}

function casesFor(policy: Policy, fieldNames: readonly string[]): CallerDisclosureCase[][] {
  const [whole, ...others] = casesIn(policy, fieldNames);
  if (whole === undefined) return [];
  return [
    [whole],
    [],
    [{ ...whole, fields: [] }],
    ...fieldsBeside(policy).map((field) => [{ ...whole, fields: [field] }]),
    ...others.map((one) => [one]),
  ];
}

/** An exception of a stop makes a difference only where something gives what it leaves. */
function kindsOf({ forEach }: PolicyRule): EachKind[] {
  return forEach == null ? [] : [forEach.of];
}

/** All that are told apart, each alone; the first is one that opens something where any does. */
function engagementsFor(policy: Policy): CallerEngagement[][] {
  const all = itemsIn(policy, "engagement").map((row): CallerEngagement => ({
    code: ENGAGEMENT,
    state: "",
    limitedToTransfers: false,
    ...EVER,
    ...row,
    id: ENGAGEMENT,
    organisationIds: [ORGANISATION],
    transferIds: row["limitedToTransfers"] === true ? [TRANSFER] : [],
  }));
  const conditions = eachConditions(policy, "engagement").map(compilePredicate);
  const opening = all.findIndex((one) => conditions.some((holds) => holds({ ...one })));
  const [whole, ...others] = [
    ...all.slice(Math.max(opening, 0)),
    ...all.slice(0, Math.max(opening, 0)),
  ];
  return whole === undefined ? [] : [[whole], [], ...others.map((one) => [one])];
}

/** Cases that stand for all others, as far as rules tell them apart. */
function casesIn(policy: Policy, fields: readonly string[]): CallerDisclosureCase[] {
  return itemsIn(policy, "disclosure-case").map((row) => ({
    jurisdiction: "",
    approvalRef: null,
    state: "",
    ...row,
    code: CASE,
    fields,
  }));
}

/** Values of the attributes by which rules tell items of a kind apart. */
function itemsIn(policy: Policy, kind: EachKind): readonly AttributeValues[] {
  return smallWorld(eachConditions(policy, kind), attributesOfItems(kind)).rows;
}

function eachConditions(policy: Policy, kind: EachKind): Condition[] {
  return policy.rules.flatMap(({ forEach }) =>
    forEach?.of === kind ? [bindWidest(forEach.each, {})] : [],
  );
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
