import { anyOf, type Condition, isConstant, NEVER } from "./condition.ts";
import type { PairChanges } from "./diff.ts";
import { asksWhose, supposing } from "./diff-callers.ts";

/** Conditions about one type that are counted with one look at its rows. */
export interface CountedConditions {
  readonly type: string;
  readonly among: Condition;
  readonly conditions: readonly Condition[];
}

/** How many rows of one organisation a change is about. */
export interface ChangedRows {
  /** Where no row is the caller's own; null where the number is too small to be told. */
  readonly others: number | null;
  /** Where each row were the caller's own; undefined where that makes no difference. */
  readonly theirs: number | null | undefined;
  /** True where there may be fewer, because whoever asks doesn't know enough of the rows. */
  readonly areBounds: boolean;
}

/** What has to be counted to tell on how many rows of an organisation things change: once a type. */
export function conditionsToCount(
  pairs: readonly PairChanges[],
  organisationId: string,
): CountedConditions[] {
  const types = new Set(pairs.flatMap(({ reach }) => [...reach.keys()]));
  return [...types].flatMap((type) => {
    const conditions = onceEach(
      pairs
        .flatMap(countable)
        .filter((change) => change.type === type)
        .flatMap(({ condition }) => supposed(condition, organisationId)),
    );
    if (conditions.length === 0) return [];
    const reached = pairs.flatMap(({ reach }) =>
      supposed(reach.get(type) ?? NEVER, organisationId),
    );
    return { type, among: anyOf(onceEach(reached)), conditions };
  });
}

function onceEach(conditions: readonly Condition[]): Condition[] {
  return [...new Map(conditions.map((one) => [JSON.stringify(one), one])).values()];
}

/** Counts by condition, to be looked up change by change. */
export class CountsByCondition {
  readonly #counts = new Map<string, { count: number | null; isBound: boolean }>();

  add(
    { type, conditions }: Omit<CountedConditions, "among">,
    {
      counts,
      areBounds = [],
    }: { counts: readonly (number | null)[]; areBounds?: readonly boolean[] },
  ): void {
    for (const [at, condition] of conditions.entries()) {
      const counted = { count: counts[at] ?? null, isBound: areBounds[at] ?? false };
      this.#counts.set(keyOf(type, condition), counted);
    }
  }

  /** The rows of a change; undefined for one that is not counted, such as that of a mere reason. */
  of(
    change: { readonly type: string; readonly condition: Condition },
    organisationId: string,
  ): ChangedRows | undefined {
    if (isConstant(change.condition, false)) return undefined;
    const [others, theirs] = supposed(change.condition, organisationId).map((condition) =>
      isConstant(condition, false) ? NONE : this.#counts.get(keyOf(change.type, condition)),
    );
    return {
      others: others?.count ?? null,
      theirs: theirs?.count,
      areBounds: [others, theirs].some((counted) => counted?.isBound === true),
    };
  }
}

/** What no row can fulfil need not be counted. */
const NONE = { count: 0, isBound: false };

function countable({ fields, rows }: PairChanges): { type: string; condition: Condition }[] {
  return [...fields, ...rows].filter(({ condition }) => !isConstant(condition, false));
}

function supposed(condition: Condition, organisationId: string): Condition[] {
  const whose = asksWhose(condition) ? [false, true] : [false];
  return whose.map((isTheirs) => supposing(condition, { organisationId, isTheirs }));
}

function keyOf(type: string, condition: Condition): string {
  return `${type} ${JSON.stringify(condition)}`;
}
