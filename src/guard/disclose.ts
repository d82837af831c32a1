import type { FieldDefinition } from "../classification/catalog.ts";
import { applyRendering, maskWhole } from "../classification/rendering.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import { existenceMask } from "../classification/shape.ts";
import { type FieldPart, type Row, ruleAttributesOf } from "../database/read-request.ts";
import { invariant } from "../lib/invariant.ts";

/** Opens sealed values and makes pseudonyms; the only way from the guard to keys. Synchronous. */
export interface Unsealer {
  /** Clear text of a sealed field of a row that was loaded with its ciphertext and key. */
  open(field: FieldDefinition, row: Row): string;
  /** Stable pseudonym for a purpose, from the blind index of a sealed value. */
  pseudonymOfIndex(request: PseudonymRequest & { readonly index: Buffer }): string;
  /** The same from a value that lies in clear. */
  pseudonymOfValue(request: PseudonymRequest & { readonly value: string }): string;
}

/** Whose pseudonym, for what. */
export interface PseudonymRequest {
  readonly field: FieldDefinition;
  readonly purpose: string;
  readonly controllerId: string;
}

/**
 * The form of a field of a row at a decided level: the clear value, a rendering, a pseudonym,
 * the mask of its existence, or null.
 */
export function disclose({
  field,
  row,
  disclosure,
  purpose,
  unsealer,
}: {
  field: FieldDefinition;
  row: Row;
  disclosure: Disclosure;
  purpose: string;
  unsealer: Unsealer;
}): unknown {
  switch (disclosure) {
    case "NONE":
      return null;
    case "CLEAR":
      return field.isSealed && partOf(row, field, "clear") !== null
        ? unsealer.open(field, row)
        : partOf(row, field, "clear");
    case "PARTIAL":
    case "COARSE":
      return field.isSealed
        ? partOf(row, field, disclosure === "PARTIAL" ? "partial" : "coarse")
        : rendered({ field, row, disclosure });
    case "TOKEN":
      return tokenOf({ field, row, purpose, unsealer });
    case "EXISTS":
      return existenceOf(field, row);
  }
}

function rendered({
  field,
  row,
  disclosure,
}: {
  field: FieldDefinition;
  row: Row;
  disclosure: "PARTIAL" | "COARSE";
}): string | null {
  const value = clearTextOf(row, field);
  const rendering = field.renderings[disclosure];
  invariant(rendering !== undefined, `${field.name} has no ${disclosure} rendering`);
  return value === null
    ? null
    : applyRendering({ rendering, value, record: row, shape: field.shape });
}

function tokenOf({
  field,
  row,
  purpose,
  unsealer,
}: {
  field: FieldDefinition;
  row: Row;
  purpose: string;
  unsealer: Unsealer;
}): string | null {
  const controllerId = ruleAttributesOf(row)["controllerId"];
  invariant(typeof controllerId === "string", "a pseudonym needs the controller of the row");
  const request = { field, purpose, controllerId };
  if (field.isSealed) {
    const index = partOf(row, field, "index") as Buffer | null;
    return index === null ? null : unsealer.pseudonymOfIndex({ ...request, index });
  }
  const value = clearTextOf(row, field);
  return value === null ? null : unsealer.pseudonymOfValue({ ...request, value });
}

function existenceOf(field: FieldDefinition, row: Row): string | null {
  if (field.isSealed)
    return partOf(row, field, "exists") === true ? existenceMask(field.shape) : null;
  const value = clearTextOf(row, field);
  return value === null ? null : maskWhole(value, field.shape);
}

function clearTextOf(row: Row, field: FieldDefinition): string | null {
  const value = partOf(row, field, "clear");
  if (value === null || typeof value === "string") return value;
  invariant(typeof value === "number", `${field.type}.${field.name} has no rendering as text`);
  return String(value);
}

/** A part that was not loaded is our mistake, never an empty answer. */
function partOf(row: Row, field: FieldDefinition, part: FieldPart): unknown {
  const value = row[part === "clear" ? field.name : `${field.name}$${part}`];
  invariant(value !== undefined, `${field.type}.${field.name} was not loaded (${part})`);
  return value;
}
