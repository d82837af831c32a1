import type { GraphQLResolveInfo } from "graphql";
import type { Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, toConnection } from "../graphql/lists.ts";
import { selectedBelow } from "../graphql/selection.ts";
import type { FilterInput } from "../guard/read-predicates.ts";
import type { Condition } from "../policy/condition.ts";
import { DecisionOrder, MOST_COUNTED } from "./decision.types.ts";

/** A page of records with a count that ends early. */
export interface CappedConnection extends Connection {
  readonly isCapped: boolean;
}

/** The records that the caller may see among those of a filter, counted no further than is told. */
export async function listDecisions({
  context: { catalog, rows },
  info,
  page,
  filter,
  order = DecisionOrder.NEWEST_FIRST,
  within,
}: {
  context: RequestContext;
  info: GraphQLResolveInfo;
  page: PageArgs;
  filter: FilterInput | null;
  order?: DecisionOrder | null | undefined;
  within?: Condition;
}): Promise<CappedConnection> {
  const direction = order === DecisionOrder.OLDEST_FIRST ? "ASC" : "DESC";
  const orderBy = direction === "ASC" ? [{ field: "treeIndex", direction }] : null;
  const list = listRequestOf({ catalog, type: "Decision", info, page, filter, orderBy });
  const wantsTotalCount = list.wantsTotalCount || selectedBelow(info).has("isCapped");
  // One more than is told, to tell whether there are more.
  const counted = { wantsTotalCount, countsAtMost: MOST_COUNTED + 1 };
  const held = within === undefined ? {} : { within };
  const connection = toConnection(await rows.list({ ...list, ...counted, ...held }));
  const { totalCount } = connection;
  return {
    ...connection,
    totalCount: totalCount === null ? null : Math.min(totalCount, MOST_COUNTED),
    isCapped: totalCount !== null && totalCount > MOST_COUNTED,
  };
}
