import type { DecisionRecord } from "../audit/decision-record.ts";
import type { TypeDefinition } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { FilterInput } from "../guard/read-predicates.ts";
import type { DecisionsToJudge } from "../policy/simulation.ts";
import { recordsIn, WHOLE_RECORD } from "./read-records.ts";

/** Records of one call: some seconds of work. */
export const MOST_RECORDS = 500;
/** Rows of a record that are judged; all rows of a record were decided alike. */
const MOST_ROWS = 50;
/** Records that are read at once. */
const PAGE = 100;

/** Records that are made once more, and where the next call goes on. */
export interface RecordsToReplay {
  readonly records: readonly DecisionRecord[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/**
 * The records of a search that the caller may read whole, the newest first, page by page.
 *
 * @throws QUERY_TOO_COMPLEX, BAD_USER_INPUT, and what reading a list throws
 */
export async function readRecords({
  context,
  filter,
  size,
  after,
}: {
  context: RequestContext;
  filter: FilterInput | null;
  size: number;
  after: string | null;
}): Promise<RecordsToReplay> {
  if (size > MOST_RECORDS)
    throw publicError("QUERY_TOO_COMPLEX", { limit: "records", max: MOST_RECORDS });
  if (size < 1) throw publicError("BAD_USER_INPUT", { field: "records" });
  const records: DecisionRecord[] = [];
  let place = { endCursor: after, hasNextPage: true };
  for (let read = 0; read < size && place.hasNextPage; read += PAGE) {
    const page = await context.rows.list({
      type: "Decision",
      list: "Query.replay",
      selection: WHOLE_RECORD,
      page: { first: Math.min(PAGE, size - read), after: place.endCursor },
      filter,
      wantsTotalCount: false,
    });
    records.push(
      ...recordsIn(
        page.edges.map(({ node }) => node),
        context,
      ),
    );
    const endCursor = page.edges.at(-1)?.cursor ?? place.endCursor;
    place = { endCursor, hasNextPage: page.hasNextPage };
  }
  return { records, ...place };
}

/** Places of the rows of a record that are judged. */
export function judgedIndexes({ rows }: DecisionRecord): number[] {
  return Array.from({ length: Math.min(rows.count, MOST_ROWS) }, (_, index) => index);
}

/** How many decisions a record is, as far as they are judged. */
export function decisionsIn(record: DecisionRecord): number {
  const fields = record.verdicts.flatMap(({ fields: names }) => names).length;
  return fields * (record.action === "READ" ? judgedIndexes(record).length : 1);
}

/** Decisions of one record, with the record and the places of its rows. */
export interface ReplayedDecisions extends DecisionsToJudge {
  readonly record: DecisionRecord;
  /** Places of `rows` among those of the record; none where it was about no rows. */
  readonly indexes: readonly number[];
}

/** The fields of a record that the type still has. */
export function fieldsOf({ verdicts }: DecisionRecord, type: TypeDefinition) {
  return verdicts.flatMap(({ fields }) => fields.flatMap((name) => type.fields.get(name) ?? []));
}
