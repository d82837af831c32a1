import { typeIn } from "../classification/catalog.ts";
import { batchesOf, countTests, MOST_TESTS } from "../database/condition-counts.ts";
import { publicError } from "../errors.ts";
import type { Condition } from "../policy/condition.ts";
import { widenedTo } from "../policy/replace-tests.ts";
import type { GuardedReaderServices } from "./guarded-reader.ts";
import { rowsOnWhichKnown } from "./known-rows.ts";

/** Conditions on the rows of a type that are to be counted. */
export interface ChangesRequest {
  readonly type: string;
  readonly among: Condition;
  readonly conditions: readonly Condition[];
  /**
   * Whether somebody beside their author has approved of the conditions. Who may write them freely
   * could single out one row and learn what its attributes are.
   */
  readonly isApproved: boolean;
}

/** How many rows fulfil each condition, as far as the caller may be told. */
export interface ChangesCounts {
  /** In the order of the conditions; null where there are too few to tell. */
  readonly counts: readonly (number | null)[];
  /** True where a condition asks more than the caller knows of the rows: there may be fewer. */
  readonly areBounds: readonly boolean[];
}

/**
 * Counts rows that fulfil conditions. Of approved conditions the numbers go in steps of the
 * policy's smallest group, over all rows that the caller may count. Of others nothing is told that
 * the caller doesn't know: only rows that it sees are counted, and of each only what it reads in
 * clear; what it doesn't might be anything (decision 0027).
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN where the policy has no floor, QUERY_TOO_COMPLEX
 */
export async function countChanges(
  { reader, decisions, purpose }: GuardedReaderServices,
  asked: ChangesRequest,
): Promise<ChangesCounts> {
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  if (decisions.counts === null) throw publicError("FORBIDDEN");
  const { smallestGroup } = decisions.counts;
  const type = typeIn(decisions.bound.catalog, asked.type);
  const knownOn = rowsOnWhichKnown(decisions, type);
  const told = (condition: Condition): Condition =>
    asked.isApproved ? condition : widenedTo(condition, knownOn);
  const conditions = asked.conditions.map(told);
  const tests = Math.max(0, ...conditions.map(countTests));
  if (tests > MOST_TESTS)
    throw publicError("QUERY_TOO_COMPLEX", { limit: "tests", max: MOST_TESTS });
  const limits = asked.isApproved
    ? { floor: smallestGroup, step: smallestGroup }
    : { floor: 0, step: 1 };
  const request = { type, visible: decisions.rows(asked.isApproved ? "count" : "see", type.name) };
  const among = told(asked.among);
  const counts: (number | null)[] = [];
  for (const some of batchesOf(conditions)) {
    counts.push(...(await reader.countConditions(request, { conditions: some, among, ...limits })));
  }
  const areBounds = conditions.map(
    (condition, at) => JSON.stringify(condition) !== JSON.stringify(asked.conditions[at]),
  );
  return { counts, areBounds };
}
