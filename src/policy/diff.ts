import type { Catalog, TypeDefinition } from "../classification/catalog.ts";
import type { Category } from "../classification/classification.ts";
import { type Disclosure, isAbove } from "../classification/disclosure.ts";
import { anyOf, type Condition } from "./condition.ts";
import { changesOfFields, type FieldTransition } from "./diff-fields.ts";
import { comparedPairs, type ComparedPair } from "./diff-callers.ts";
import { bindBoth, type BothBound, speaksAlike } from "./diff-rules.ts";
import { changesOfRows } from "./diff-rows.ts";
import { changesOfVerbs } from "./diff-verbs.ts";
import { Worlds } from "./diff-world.ts";
import type { CountRules, Policy } from "./rule.ts";

/** Whom a change is about. */
export interface Compared {
  readonly role: string;
  readonly purpose: string;
  readonly type: string;
  /** Exemplary callers for whom it is so, such as `without a second factor`. */
  readonly situations: readonly string[];
}

/** Fields of a category that are answered otherwise on some rows. */
export interface FieldChange extends Compared, FieldTransition {
  readonly category: Category;
  readonly fields: readonly string[];
}

/** Rows that some callers begin to see, or no longer do. */
export interface RowChange extends Compared {
  readonly isGained: boolean;
  /** On which rows, bound to an exemplary caller. */
  readonly condition: Condition;
}

/** A verb that is given, or no longer, on fields or at all. */
export interface VerbChange extends Compared {
  readonly verb: string;
  readonly isGained: boolean;
  /** Empty for a verb that is about no field. */
  readonly fields: readonly string[];
}

/** What changes for one role and purpose. */
export interface PairChanges {
  readonly fields: readonly FieldChange[];
  readonly rows: readonly RowChange[];
  readonly verbs: readonly VerbChange[];
  /** By type: the rows that some of these callers see before or after; no other row is changed. */
  readonly reach: ReadonlyMap<string, Condition>;
  /** False where there were too many rows to prove that a change happens on any. */
  readonly isProved: boolean;
}

/** What changes beside the cells. */
export interface FrameChanges {
  readonly rolesAdded: readonly string[];
  readonly rolesRemoved: readonly string[];
  readonly purposesAdded: readonly string[];
  readonly purposesRemoved: readonly string[];
  readonly counts: { readonly from: CountRules | null; readonly to: CountRules | null } | null;
}

/** Two policies to compare. `now` is the time of all exemplary callers. */
export interface Comparison {
  readonly from: Policy;
  readonly to: Policy;
  readonly catalog: Catalog;
  readonly now: Date;
  /** Roles and purposes that are wanted; all of them where left out. */
  readonly isWanted?: (pair: ComparedPair) => boolean;
}

/** Which way an answer changes. */
export function directionOf({
  from,
  to,
}: {
  from: Disclosure;
  to: Disclosure;
}): "WIDER" | "NARROWER" | "REASON" {
  if (from === to) return "REASON";
  return isAbove(to, from) ? "WIDER" : "NARROWER";
}

/** Roles, purposes and count rules that differ. */
export function compareFrames({ from, to }: Comparison): FrameChanges {
  const only = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] =>
    [...one.keys()].filter((key) => !other.has(key)).sort();
  const counts = { from: from.counts ?? null, to: to.counts ?? null };
  return {
    rolesAdded: only(to.roles, from.roles),
    rolesRemoved: only(from.roles, to.roles),
    purposesAdded: only(to.purposes, from.purposes),
    purposesRemoved: only(from.purposes, to.purposes),
    counts: JSON.stringify(counts.from) === JSON.stringify(counts.to) ? null : counts,
  };
}

/**
 * What changes between two policies, one role and purpose after the other: a generator, so that a
 * server can let other requests in between. Pairs for which nothing changes are left out.
 */
export function* comparePolicies(
  comparison: Comparison,
): Generator<{ readonly pair: ComparedPair; readonly changes: PairChanges | null }> {
  const { from, to, catalog, now, isWanted = () => true } = comparison;
  const seen = new Map<string, PairChanges>();
  const worlds = new Worlds(catalog);
  for (const pair of comparedPairs([from, to], catalog, now).filter(isWanted)) {
    const rounds = pair.callers.flatMap(({ caller, situation }) => {
      const both = bindBoth(comparison, caller);
      return [...catalog.values()]
        .filter((type) => !speaksAlike(both, type))
        .map((type) => compareType({ both, type, pair, situation, seen, worlds }));
    });
    const changes = merged(rounds);
    const isSame = changes.fields.length + changes.rows.length + changes.verbs.length === 0;
    yield { pair, changes: isSame ? null : changes };
  }
}

function compareType({
  both,
  type,
  pair: { role, purpose },
  situation,
  seen,
  worlds,
}: {
  both: BothBound;
  type: TypeDefinition;
  pair: ComparedPair;
  situation: string;
  /** Who lacks what no rule reads is bound like who has it, and need not be compared again. */
  seen: Map<string, PairChanges>;
  worlds: Worlds;
}): PairChanges {
  const about = { role, purpose, type: type.name, situations: [situation] };
  const key = JSON.stringify([role, purpose, type.name, both.textsOf(type.name)]);
  const known = seen.get(key);
  if (known !== undefined) return withSituation(known, situation);
  const { changes, isProved } = changesOfFields(both, type, worlds);
  const found: PairChanges = {
    fields: changes.map((change) => ({ ...about, ...change })),
    rows: changesOfRows(both, type, worlds).map((change) => ({ ...about, ...change })),
    verbs: changesOfVerbs(both, type).map((change) => ({ ...about, ...change })),
    reach: new Map([
      [type.name, anyOf([both.from, both.to].map((one) => one.rows("see", type.name)))],
    ]),
    isProved,
  };
  seen.set(key, found);
  return found;
}

function withSituation(changes: PairChanges, situation: string): PairChanges {
  const said = <Change extends Compared>(all: readonly Change[]): Change[] =>
    all.map((change) => ({ ...change, situations: [situation] }));
  const { fields, rows, verbs } = changes;
  return { ...changes, fields: said(fields), rows: said(rows), verbs: said(verbs) };
}

/** Changes that are the same in several situations are said once. */
function merged(rounds: readonly PairChanges[]): PairChanges {
  return {
    fields: mergedBySituation(rounds.flatMap(({ fields }) => fields)),
    rows: mergedBySituation(rounds.flatMap(({ rows }) => rows)),
    verbs: mergedBySituation(rounds.flatMap(({ verbs }) => verbs)),
    reach: mergedReach(rounds),
    isProved: rounds.every(({ isProved }) => isProved),
  };
}

function mergedReach(rounds: readonly PairChanges[]): Map<string, Condition> {
  const reached = Map.groupBy(
    rounds.flatMap(({ reach }) => [...reach]),
    ([type]) => type,
  );
  return new Map(
    [...reached].map(([type, each]) => {
      const distinct = new Map(each.map(([, rows]) => [JSON.stringify(rows), rows]));
      return [type, anyOf([...distinct.values()])];
    }),
  );
}

function mergedBySituation<Change extends Compared>(changes: readonly Change[]): Change[] {
  const groups = Map.groupBy(changes, (change) => JSON.stringify({ ...change, situations: [] }));
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return { ...first, situations: [...new Set(same.flatMap(({ situations }) => situations))] };
  });
}
