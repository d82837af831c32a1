import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import type { Condition, Scalar } from "../policy/condition.ts";

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

/** One key of an order; the id always follows as the last key, ascending. */
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

/** A page of a connection. Exactly one of the two directions. */
export interface PageRequest {
  readonly filter: Filter | null;
  readonly order: readonly SortKey[];
  readonly limit: number;
  /** Sort values and id of the row after (or before) which the page starts. */
  readonly from: readonly (string | number | boolean | null)[] | null;
  readonly backwards: boolean;
}

/**
 * A row as the reader gives it: plain data, no hydration. Attributes stand under their names,
 * field parts under `<field>` (clear), `<field>$partial`, `<field>$coarse`, `<field>$index` and
 * `<field>$exists`; the wrapped data key under `$key` where a sealed value was asked for.
 */
export type Row = Record<string, unknown> & { readonly __typename: string; readonly id: string };

/** The wrapped data key of a customer, as it lies beside its controller. */
export interface WrappedDataKey {
  readonly customerId: string;
  readonly keyVersion: number;
  readonly controllerId: string;
  readonly wrappedKey: Buffer;
}
