import type { FieldNode, GraphQLResolveInfo } from "graphql";
import type { Catalog } from "../classification/catalog.ts";
import type { ListRequest, Page, Selection } from "../guard/guarded-reader.ts";
import type { FilterInput, OrderInput } from "../guard/read-predicates.ts";
import type { Connection, PageArgs } from "./connection.ts";
import { selectedBelow } from "./selection.ts";

/**
 * What was found to be selected at a place of a document. A document is compiled for one schema, which
 * has one catalog, and everything that is said of a place follows from its nodes.
 */
const known = new WeakMap<readonly FieldNode[], Map<string, Selection>>();

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
  return selectionAt({ catalog, type, info, paths: [path] });
}

function selectionAt({
  catalog,
  type,
  info,
  paths,
}: {
  catalog: Catalog;
  type: string;
  info: GraphQLResolveInfo;
  paths: readonly (readonly string[])[];
}): Selection {
  let ofPlace = known.get(info.fieldNodes);
  if (ofPlace === undefined) known.set(info.fieldNodes, (ofPlace = new Map()));
  const key = `${type} ${paths.map((path) => path.join(".")).join()}`;
  let selection = ofPlace.get(key);
  if (selection === undefined) {
    const shown = new Set(paths.flatMap((path) => [...selectedBelow(info, ...path)]));
    selection = { shown, judged: judgedBy(catalog, type, shown) };
    ofPlace.set(key, selection);
  }
  return selection;
}

const ROWS_OF_LIST = [["edges", "node"], ["nodes"]] as const;

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
  return {
    type,
    list: `${info.parentType.name}.${info.fieldName}`,
    selection: selectionAt({ catalog, type, info, paths: ROWS_OF_LIST }),
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
