import type { Row } from "../database/read-request.ts";
import type { PageArguments } from "./page-request.ts";
import type { FilterInput, OrderInput } from "./read-predicates.ts";

/** What an operation selects of a row: fields to show, fields of which only the verdict is asked. */
export interface Selection {
  readonly shown: ReadonlySet<string>;
  readonly judged: ReadonlySet<string>;
}

/** A list as resolvers ask for it. */
export interface ListRequest {
  readonly type: string;
  /** Name of the list in the schema, such as `Query.customers`; cursors are bound to it. */
  readonly list: string;
  readonly selection: Selection;
  readonly page: PageArguments;
  readonly filter?: FilterInput | null | undefined;
  readonly orderBy?: readonly OrderInput[] | null | undefined;
  readonly wantsTotalCount: boolean;
}

/** A page with its cursors sealed. */
export interface Page {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: number | null;
}
