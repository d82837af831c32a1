import { createHash, type KeyObject } from "node:crypto";
import type { CursorValues, Filter, PageRequest, ReadRequest } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { type CursorBinding, openCursor, sealCursor } from "../sealing/cursor-seal.ts";

/** Arguments of a connection as GraphQL has checked them. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** Which rows of a list a page holds: how many, from where, in which direction. */
export interface PageWindow {
  readonly size: number;
  readonly from: CursorValues | null;
  readonly backwards: boolean;
}

/** Rows of a page when nobody says how many. */
const DEFAULT_PAGE_SIZE = 20;

/**
 * Seals and opens the cursors of one list of one caller. A cursor is good for the same caller,
 * purpose, list, filter, order and policy version, and for nothing else: it holds sort values.
 */
export class CursorSeal {
  readonly #key: KeyObject;
  readonly #binding: CursorBinding;

  constructor(key: KeyObject, binding: CursorBinding) {
    this.#key = key;
    this.#binding = binding;
  }

  seal(values: CursorValues): string {
    return sealCursor({ key: this.#key, binding: this.#binding, payload: JSON.stringify(values) });
  }

  /** @throws VALIDATION_FAILED for anything that this list did not give out */
  open(cursor: string): CursorValues {
    const payload = openCursor({
      key: this.#key,
      binding: this.#binding,
      cursor,
      refusal: () => publicError("VALIDATION_FAILED", { field: "cursor" }),
    });
    return JSON.parse(payload) as CursorValues;
  }
}

/** Short digest of a filter or order, for the binding of cursors. */
export function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value ?? null))
    .digest("base64url");
}

/**
 * Reads the arguments of a connection.
 *
 * @param maxPageSize rows
 * @throws VALIDATION_FAILED for a size below 0 or both directions at once, QUERY_TOO_COMPLEX above
 * the limit
 */
export function readWindow({
  page,
  cursors,
  maxPageSize,
}: {
  page: PageArguments;
  cursors: CursorSeal;
  maxPageSize: number;
}): PageWindow {
  const backwards = page.last !== null && page.last !== undefined;
  if (backwards && (page.first ?? page.after ?? null) !== null) throw invalid("first");
  if (!backwards && (page.before ?? null) !== null) throw invalid("before");
  const size = (backwards ? page.last : page.first) ?? DEFAULT_PAGE_SIZE;
  if (size < 0) throw invalid(backwards ? "last" : "first");
  if (size > maxPageSize)
    throw publicError("QUERY_TOO_COMPLEX", { limit: "page size", max: maxPageSize });
  const cursor = backwards ? page.before : page.after;
  return { size, from: cursor == null ? null : cursors.open(cursor), backwards };
}

function invalid(field: string): Error {
  return publicError("VALIDATION_FAILED", { field });
}

/** A list whose arguments were checked, ready to be read. */
export interface PreparedList {
  readonly request: ReadRequest;
  readonly page: PageRequest;
  readonly filter: Filter | null;
  readonly window: PageWindow;
  readonly cursors: CursorSeal;
}
