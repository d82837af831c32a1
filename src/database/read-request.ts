import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import type { AttributeValues, Condition, Scalar } from "../policy/condition.ts";
import type { WrappedDataKey } from "../sealing/data-keys.ts";

/**
 * The parts of a field that a reader may load. `clear` of a sealed field is its ciphertext (with
 * the wrapped data key of the row); `exists` is only whether there is a value.
 */
export type FieldPart = "clear" | "partial" | "coarse" | "index" | "exists";

/** Which parts of which fields and which attributes a read needs; nothing else is selected. */
export interface ReadNeeds {
  readonly parts: ReadonlyMap<FieldDefinition, ReadonlySet<FieldPart>>;
  readonly attributes: readonly string[];
}

/** Operators of a filter, after the guard has allowed them. */
export type FilterOperator =
  | "eq"
  | "in"
  | "lt"
  | "lte"
  | "gt"
  | "gte"
  | "startsWith"
  | "contains"
  | "includes"
  | "overlaps"
  | "isNull";

/** A filter that the guard has checked: fields are definitions, values are parameters. */
export type Filter =
  | { readonly kind: "all" | "any"; readonly of: readonly Filter[] }
  | { readonly kind: "not"; readonly of: Filter }
  | {
      readonly kind: "test";
      readonly field: FieldDefinition;
      readonly operator: FilterOperator;
      /** For `in` a list; for a sealed field blind indexes (Buffers); for `isNull` a boolean. */
      readonly value: Scalar | Buffer | readonly (Scalar | Buffer)[];
    }
  /** Rows on which the filtered field may be read in clear. */
  | { readonly kind: "rows"; readonly condition: Condition };

/** One key of an order; the id, or the place in the sequence of the type, follows as the last key. */
export interface SortKey {
  readonly field: FieldDefinition;
  readonly descending: boolean;
}

/** Everything that every read names: the type, the rows that the caller may see, the needs. */
export interface ReadRequest {
  readonly type: TypeDefinition;
  /** The caller's row condition; there is no read without one. */
  readonly visible: Condition;
  readonly needs: ReadNeeds;
}

/** Sort values of a row, in the order of the sort keys, and its id at the end. */
export type CursorValues = readonly (string | number | boolean | null)[];

/** A page of a connection. Exactly one of the two directions. */
export interface PageRequest {
  readonly filter: Filter | null;
  readonly order: readonly SortKey[];
  /** Most rows to read; a connection asks for one more than it shows. */
  readonly limit: number;
  /** Row after (or before) which the page starts: the `$cursor` of that row. */
  readonly from: CursorValues | null;
  /**
   * True for the `limit` rows that end before `from`. They come in the order of the connection
   * like any others, so the row too many is the first one.
   */
  readonly backwards: boolean;
}

/**
 * A row as the reader gives it: plain data, no hydration. Attributes stand under their names,
 * field parts under `<field>` (clear), `<field>$partial`, `<field>$coarse`, `<field>$index` and
 * `<field>$exists`. `date` columns are `YYYY-MM-DD`, `timestamptz` Dates, `numeric` text.
 */
export type Row = Record<string, unknown> & {
  readonly __typename: string;
  readonly id: string;
  /**
   * What rules read, for types that an owner has: attributes of the owner, whose names (`id`, `kind`)
   * are also the row's own and so can't stand beside them, and the row's. Use `ruleAttributesOf`.
   */
  readonly $owner?: AttributeValues;
  /** Newest wrapped data key, where a sealed value was asked for; null when it was destroyed. */
  readonly $key?: WrappedDataKey | null;
  /** On rows of pages: where the next page starts. It holds clear values, so seal it. */
  readonly $cursor?: CursorValues;
};

/** The attributes that rules about a row read: the row's own, or those of its owner. */
export function ruleAttributesOf(row: Row): AttributeValues {
  return row.$owner ?? row;
}
