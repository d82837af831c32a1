import type { FieldDefinition } from "./catalog.ts";

/** The columns in which a field lies; null for a form that the field does not have. */
export interface StoredColumns {
  readonly clear: string | null;
  readonly sealed: string | null;
  readonly partial: string | null;
  readonly coarse: string | null;
  /** Blind index: for a field that can be looked up exactly or shown as a pseudonym. */
  readonly index: string | null;
}

/** Names are made once: asked for with every value that is sealed. */
const known = new WeakMap<FieldDefinition, StoredColumns>();

/**
 * Where a field is stored: a PUBLIC one in a single clear column, a sealed one as ciphertext beside
 * the renderings below CLEAR, so that a masked read decrypts nothing.
 */
export function storedColumnsOf(field: FieldDefinition): StoredColumns {
  let columns = known.get(field);
  if (columns === undefined) {
    columns = columnsOf(field);
    known.set(field, columns);
  }
  return columns;
}

function columnsOf(field: FieldDefinition): StoredColumns {
  const { column, renderings, isSealed } = field;
  if (!isSealed) return { clear: column, sealed: null, partial: null, coarse: null, index: null };
  return {
    clear: null,
    sealed: `${column}_sealed`,
    partial: renderings.PARTIAL === undefined ? null : `${column}_partial`,
    coarse: renderings.COARSE === undefined ? null : `${column}_coarse`,
    index: isIndexed(field) ? `${column}_index` : null,
  };
}

function isIndexed({ filter, token }: FieldDefinition): boolean {
  return token || filter === "lookup";
}
