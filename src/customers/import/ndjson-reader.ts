import type { LedgerRow } from "./ledger-row.ts";

/** Between several values of one cell, as Chinese ledgers write them too. */
const LIST_SEPARATOR = ";";
/** What is not a flat record of texts, numbers, yes and no, and lists of these. */
const NOT_FLAT = Symbol("not flat");

/** Reads one JSON object per line; blank lines are skipped and not counted. Rows come in lists, as the text comes. */
export async function* readNdjson(text: AsyncIterable<string>): AsyncGenerator<LedgerRow[]> {
  const headingSets = new HeadingSets();
  let row = 0;
  for await (const lines of linesOf(text)) {
    const rows: LedgerRow[] = [];
    for (const line of lines) {
      if (line.trim() === "") continue;
      row += 1;
      const record = flatRecord(line);
      rows.push(
        record === null
          ? { row, headings: [], cells: [], damage: "notJson" }
          : { row, headings: headingSets.same(record.keys), cells: record.cells, damage: null },
      );
    }
    yield rows;
  }
}

/** Gives the same array for the same headings. */
class HeadingSets {
  readonly #sets = new Map<string, readonly string[]>();

  same(keys: readonly string[]): readonly string[] {
    const text = keys.join();
    const known = this.#sets.get(text);
    if (known === undefined) this.#sets.set(text, keys);
    // A heading may hold a comma, so that equal texts are not equal headings yet.
    return known?.length === keys.length && known.every((key, at) => key === keys[at])
      ? known
      : keys;
  }
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = "";
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest];
}

function flatRecord(line: string): { keys: string[]; cells: string[] } | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
  const keys = Object.keys(parsed);
  const cells: string[] = [];
  for (const key of keys) {
    const cell = cellOf((parsed as Record<string, unknown>)[key]);
    if (cell === NOT_FLAT) return null;
    cells.push(cell);
  }
  return { keys, cells };
}

function cellOf(value: unknown): string | typeof NOT_FLAT {
  if (typeof value === "string") return value;
  if (value === null) return "";
  if (Array.isArray(value)) {
    const cells = value.map(cellOf);
    return cells.includes(NOT_FLAT) ? NOT_FLAT : cells.join(LIST_SEPARATOR);
  }
  // An account number written as a JSON number has lost digits beyond 2^53: better no row than that one.
  if (typeof value === "number")
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : NOT_FLAT;
  return typeof value === "boolean" ? String(value) : NOT_FLAT;
}
