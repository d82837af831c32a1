import type { AttributeKind, FieldDefinition } from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import { readIsoDate } from "../lib/calendar-date.ts";

/** Kinds of columns, named as in PostgreSQL. */
export type SqlKind = AttributeKind | "bigint" | "timestamptz" | "numeric" | "bytea";

/** A column as statements name it. */
export interface SqlColumn {
  readonly sql: string;
  readonly kind: SqlKind;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DECIMAL = /^-?\d{1,30}(\.\d{1,10})?$/;
const INTEGER_MIN = -2_147_483_648;
const INTEGER_MAX = 2_147_483_647;

/**
 * True when a column of this kind can hold exactly this value. Nothing else may be cast to the
 * kind: PostgreSQL would refuse the statement, or read `ABCD…` as the uuid `abcd…` and match rows
 * that the same comparison in memory doesn't.
 */
export function canHold(kind: SqlKind, value: unknown): boolean {
  switch (kind) {
    case "uuid":
      return typeof value === "string" && UUID.test(value);
    case "text":
      // Text in PostgreSQL has no NUL, and half a surrogate pair would be stored as U+FFFD.
      return typeof value === "string" && value.isWellFormed() && !value.includes("\0");
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return isInteger(value) && value >= INTEGER_MIN && value <= INTEGER_MAX;
    case "bigint":
      return Number.isSafeInteger(value);
    case "date":
      return typeof value === "string" && "date" in readIsoDate(value);
    case "timestamptz":
      return value instanceof Date && !Number.isNaN(value.getTime());
    case "numeric":
      return typeof value === "string" && DECIMAL.test(value);
    case "bytea":
      return Buffer.isBuffer(value);
    case "uuid[]":
    case "text[]":
      return false;
  }
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

/** The kind of the items of a list column, or null for a column that holds one value. */
export function itemKind(kind: SqlKind): "uuid" | "text" | null {
  if (kind === "uuid[]") return "uuid";
  return kind === "text[]" ? "text" : null;
}

/** The kind of the column that holds a field in clear. */
export function kindOf(field: FieldDefinition): SqlKind {
  invariant(!field.isSealed, `${field.type}.${field.name} is sealed: no column holds it in clear`);
  switch (field.shape) {
    case "text":
    case "enum":
      return "text";
    case "date":
      return "date";
    case "amount":
      return "numeric";
    case "count":
    case "integer":
      return "integer";
    case "boolean":
      return "boolean";
    case "timestamp":
      return "timestamptz";
    case "place":
      return "bigint";
    case "list":
      return field.items === "uuid" ? "uuid[]" : "text[]";
    case "relation":
      return "uuid";
  }
}
