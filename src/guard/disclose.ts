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

/** For what something is shown, and what opens it. */
export interface Showing {
  readonly purpose: string;
  readonly unsealer: Unsealer;
}

/** Gives the form of a field on a row. */
export type Form = (row: Row, showing: Showing) => unknown;

const forms = new WeakMap<FieldDefinition, Map<Disclosure, Form>>();

/**
 * The form of a field at a decided level: the clear value, a rendering, a pseudonym, the mask of its
 * existence, or null.
 */
export function formOf(field: FieldDefinition, disclosure: Disclosure): Form {
  let ofField = forms.get(field);
  if (ofField === undefined) forms.set(field, (ofField = new Map()));
  let form = ofField.get(disclosure);
  if (form === undefined) ofField.set(disclosure, (form = makeForm(field, disclosure)));
  return form;
}

function makeForm(field: FieldDefinition, disclosure: Disclosure): Form {
  switch (disclosure) {
    case "NONE":
      return () => null;
    case "CLEAR":
      return clearForm(field);
    case "PARTIAL":
    case "COARSE":
      return field.isSealed
        ? partOf(field, disclosure === "PARTIAL" ? "partial" : "coarse")
        : renderedForm(field, disclosure);
    case "TOKEN":
      return tokenForm(field);
    case "EXISTS":
      return existenceForm(field);
  }
}

function clearForm(field: FieldDefinition): Form {
  const stored = partOf(field, "clear");
  if (!field.isSealed) return stored;
  return (row, { unsealer }) => (stored(row) === null ? null : unsealer.open(field, row));
}

function renderedForm(field: FieldDefinition, disclosure: "PARTIAL" | "COARSE"): Form {
  const clearText = clearTextOf(field);
  const rendering = field.renderings[disclosure];
  const { shape } = field;
  return (row) => {
    const value = clearText(row);
    invariant(rendering !== undefined, `${field.name} has no ${disclosure} rendering`);
    return value === null ? null : applyRendering({ rendering, value, record: row, shape });
  };
}

function tokenForm(field: FieldDefinition): Form {
  const indexOf = partOf(field, "index");
  const clearText = clearTextOf(field);
  return (row, { purpose, unsealer }) => {
    const { controllerId } = ruleAttributesOf(row);
    invariant(typeof controllerId === "string", "a pseudonym needs the controller of the row");
    const request = { field, purpose, controllerId };
    if (field.isSealed) {
      const index = indexOf(row) as Buffer | null;
      return index === null ? null : unsealer.pseudonymOfIndex({ ...request, index });
    }
    const value = clearText(row);
    return value === null ? null : unsealer.pseudonymOfValue({ ...request, value });
  };
}

function existenceForm(field: FieldDefinition): Form {
  const exists = partOf(field, "exists");
  const clearText = clearTextOf(field);
  const mask = existenceMask(field.shape);
  if (field.isSealed) return (row) => (exists(row) === true ? mask : null);
  return (row) => {
    const value = clearText(row);
    return value === null ? null : maskWhole(value, field.shape);
  };
}

function clearTextOf(field: FieldDefinition): (row: Row) => string | null {
  const stored = partOf(field, "clear");
  return (row) => {
    const value = stored(row);
    if (value === null || typeof value === "string") return value;
    invariant(typeof value === "number", `${field.type}.${field.name} has no rendering as text`);
    return String(value);
  };
}

/** A part that was not loaded is our mistake, never an empty answer. */
function partOf(field: FieldDefinition, part: FieldPart): (row: Row) => unknown {
  const name = part === "clear" ? field.name : `${field.name}$${part}`;
  return (row) => {
    const value = row[name];
    invariant(value !== undefined, `${field.type}.${field.name} was not loaded (${part})`);
    return value;
  };
}
