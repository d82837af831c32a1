import type { GraphQLResolveInfo } from "graphql";
import type { Catalog } from "../classification/catalog.ts";
import type { ListRequest, Page, Selection } from "../guard/guarded-reader.ts";
import type { FilterInput, OrderInput } from "../guard/read-predicates.ts";
import type { Connection, PageArgs } from "./connection.ts";
import { selectedBelow } from "./selection.ts";

/** What an operation selects of the rows of a guarded type at a path below the resolved field. */
export function selectionOf({
  catalog,
  type,
  info,
  path = [],
}: {
  catalog: Catalog;
  type: string;
  info: GraphQLResolveInfo;
  path?: readonly string[];
}): Selection {
  const names = selectedBelow(info, ...path);
  return { shown: names, judged: judgedBy(catalog, type, names) };
}

/** The list that a connection field asks for; rows stand under `edges.node` and `nodes`. */
export function listRequestOf({
  catalog,
  type,
  info,
  page,
  filter,
  orderBy,
}: {
  catalog: Catalog;
  type: string;
  info: GraphQLResolveInfo;
  page: PageArgs;
  filter?: object | null | undefined;
  orderBy?: readonly object[] | null | undefined;
}): ListRequest {
  const shown = new Set([...selectedBelow(info, "edges", "node"), ...selectedBelow(info, "nodes")]);
  return {
    type,
    list: `${info.parentType.name}.${info.fieldName}`,
    selection: { shown, judged: judgedBy(catalog, type, shown) },
    page,
    filter: filter as FilterInput | null | undefined,
    orderBy: orderBy as readonly OrderInput[] | null | undefined,
    wantsTotalCount: selectedBelow(info).has("totalCount"),
  };
}

/** A page in the form of a Relay connection. */
export function toConnection(page: Page): Connection {
  return {
    edges: page.edges,
    nodes: page.edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      get startCursor() {
        return page.edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return page.edges.at(-1)?.cursor ?? null;
      },
    },
    totalCount: page.totalCount,
  };
}

/** `access` may be asked about any field, so what all of them are decided by is loaded with it. */
function judgedBy(catalog: Catalog, type: string, names: ReadonlySet<string>): ReadonlySet<string> {
  return names.has("access") ? new Set(catalog.get(type)?.fields.keys()) : new Set();
}
