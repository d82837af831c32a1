import type { Condition } from "../policy/condition.ts";
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
  /** Counted no further than this; to the end where it is left out. */
  readonly countsAtMost?: number;
  /**
   * Holds the list to rows on which this is true as well. Only for what says nothing that whoever
   * asks does not know, such as that the rows are about themselves.
   */
  readonly within?: Condition;
}

/** A page with its cursors sealed. */
export interface Page {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: number | null;
}
