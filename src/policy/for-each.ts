import type { Caller } from "../identity/caller.ts";
import type { AttributeValues } from "./condition.ts";
import type { CallerAttributeKind } from "./caller-attributes.ts";
import { compilePredicate } from "./matches.ts";
import { bindWidest, type ConditionTemplate, orNever, type Scope } from "./template.ts";

/** What a rule may be bound once for each of, instead of once for a caller. */
export const EACH_KINDS = [
  "running-elevation",
  "ended-elevation",
  "disclosure-case",
  "engagement",
] as const;

/** One of them. */
export type EachKind = (typeof EACH_KINDS)[number];

/** `for-each`: of which the rule is bound once each, and what must hold for one to count. */
export interface ForEach {
  readonly of: EachKind;
  /** A condition on the item's own attributes. */
  readonly each: ConditionTemplate;
}

/** One elevation, disclosure case or audit of a caller, as rules see it. */
export interface EachItem {
  readonly of: EachKind;
  readonly values: AttributeValues;
}

const ELEVATION: Readonly<Record<string, CallerAttributeKind>> = {
  id: "uuid",
  customerId: "uuid",
  fields: "text[]",
  isReviewed: "boolean",
  /** Whole hours since it ended; none while it runs. */
  hoursSinceEnd: "integer",
};

const DISCLOSURE_CASE: Readonly<Record<string, CallerAttributeKind>> = {
  code: "text",
  fields: "text[]",
  jurisdiction: "text",
  approvalRef: "text",
  state: "text",
};

const ENGAGEMENT: Readonly<Record<string, CallerAttributeKind>> = {
  id: "uuid",
  code: "text",
  state: "text",
  organisationIds: "uuid[]",
  transferIds: "uuid[]",
  limitedToTransfers: "boolean",
  /** First and last day of the audited time. */
  from: "date",
  to: "date",
};

interface EachWords {
  /** With which word references to an item begin. */
  readonly word: string;
  /** What `each` may read of it. */
  readonly kinds: typeof ELEVATION;
  /** Which of its attributes names it to people. */
  readonly name: string;
  /** How a rule says that its rows are those of the item. */
  readonly own: OwnRows;
}

/** The test that ties rows to an item, by one value or by a list of those that it is about. */
interface OwnRows {
  readonly kinds: readonly ("compare" | "includes" | "in" | "overlaps")[];
  /** Name of the item's attribute. */
  readonly of: string;
  /** Attribute of the row; any where it is left out. */
  readonly attribute?: string;
  /** How it is written. */
  readonly written: string;
}

const OF_ELEVATION: EachWords = {
  word: "elevation",
  kinds: ELEVATION,
  name: "id",
  own: {
    kinds: ["compare"],
    of: "customerId",
    attribute: "id",
    written: "id: $elevation.customerId",
  },
};

/** How documents speak of each kind of item. */
export const EACH_WORDS: Readonly<Record<EachKind, EachWords>> = {
  "running-elevation": OF_ELEVATION,
  "ended-elevation": OF_ELEVATION,
  "disclosure-case": {
    word: "case",
    kinds: DISCLOSURE_CASE,
    name: "code",
    own: {
      kinds: ["includes"],
      of: "code",
      attribute: "caseCodes",
      written: "caseCodes: { includes: $case.code }",
    },
  },
  engagement: {
    word: "engagement",
    kinds: ENGAGEMENT,
    name: "code",
    own: {
      kinds: ["in", "overlaps"],
      of: "organisationIds",
      written:
        "controllerId: { in: $engagement.organisationIds }, or another attribute that names organisations",
    },
  },
};

/** References of a rule that is bound for each of a kind, with what they stand for. */
export function referencesOf(kind: EachKind): ReadonlyMap<string, CallerAttributeKind> {
  const { word, kinds } = EACH_WORDS[kind];
  return new Map(Object.entries(kinds).map(([name, of]) => [`${word}.${name}`, of]));
}

const MS_PER_HOUR = 3_600_000;

/**
 * Everything of a caller of which rules may be bound once each. An elevation counts for its own
 * purpose alone, and runs from its approval until its end, counted in whole seconds like the time
 * of requests; one that has not begun is neither running nor ended.
 */
export function itemsOf(caller: Caller, now: Date): EachItem[] {
  const elevations = caller.elevations.flatMap((elevation): EachItem[] => {
    if (elevation.purpose !== caller.purpose) return [];
    const [from, until, present] = [elevation.from, elevation.until, now].map(secondOf);
    if (from === undefined || until === undefined || present === undefined) return [];
    const hasEnded = until <= present;
    if (!hasEnded && !(from <= present)) return [];
    const { id, customerId, fields, reviewedAt } = elevation;
    return [
      {
        of: hasEnded ? "ended-elevation" : "running-elevation",
        values: {
          id,
          customerId,
          fields,
          isReviewed: reviewedAt !== null && reviewedAt <= now,
          hoursSinceEnd: hasEnded
            ? Math.floor((now.getTime() - elevation.until.getTime()) / MS_PER_HOUR)
            : null,
        },
      },
    ];
  });
  const cases = caller.disclosureCases.map((one): EachItem => ({
    of: "disclosure-case",
    values: { ...one },
  }));
  const engagements = caller.engagements.map((one): EachItem => ({
    of: "engagement",
    values: { ...one },
  }));
  return [...elevations, ...cases, ...engagements];
}

/**
 * The items for which a rule is bound: null, once, where it is not bound for each of anything. What
 * can't be told of an item counts against the caller.
 */
export function itemsFor({
  forEach,
  items,
  scope,
  isStop,
}: {
  forEach: ForEach | null | undefined;
  items: readonly EachItem[];
  scope: Scope;
  isStop: boolean;
}): readonly (EachItem | null)[] {
  if (forEach == null) return [null];
  const those = items.filter(({ of }) => of === forEach.of);
  if (those.length === 0) return [];
  const bind = isStop ? bindWidest : orNever;
  const counts = compilePredicate(bind(forEach.each, scope));
  return those.filter(({ values }) => counts(values));
}

/** What references stand for within a rule that is bound for one item. */
export function scopeFor(scope: Scope, item: EachItem | null): Scope {
  if (item === null) return scope;
  const { word } = EACH_WORDS[item.of];
  const own = Object.entries(item.values).map(([name, value]) => [`${word}.${name}`, value]);
  return { ...scope, ...Object.fromEntries(own) };
}

function secondOf(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}
