import type { LedgerRow } from "./ledger-row.ts";

/** Between several values of one cell, as Chinese ledgers write them too. */
const LIST_SEPARATOR = ";";
/** What is not a flat record of texts, numbers, yes and no, and lists of these. */
const NOT_FLAT = Symbol("not flat");

/** Reads one JSON object per line; blank lines are skipped and not counted. */
export async function* readNdjson(text: AsyncIterable<string>): AsyncGenerator<LedgerRow> {
  const headingSets = new Map<string, readonly string[]>();
  let row = 0;
  for await (const line of linesOf(text)) {
    if (line.trim() === "") continue;
    row += 1;
    const record = flatRecord(line);
    if (record === null) {
      yield { row, headings: [], cells: [], damage: "notJson" };
      continue;
    }
    const key = JSON.stringify(Object.keys(record));
    const headings = headingSets.get(key) ?? Object.keys(record);
    headingSets.set(key, headings);
    yield { row, headings, cells: Object.values(record), damage: null };
  }
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest;
}

function flatRecord(line: string): Record<string, string> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
  const cells: Record<string, string> = {};
  for (const [key, value] of Object.entries(parsed)) {
    const cell = cellOf(value);
    if (cell === NOT_FLAT) return null;
    cells[key] = cell;
  }
  return cells;
}

function cellOf(value: unknown): string | typeof NOT_FLAT {
  if (value === null) return "";
  if (Array.isArray(value)) {
    const cells = value.map(cellOf);
    return cells.includes(NOT_FLAT) ? NOT_FLAT : cells.join(LIST_SEPARATOR);
  }
  // An account number written as a JSON number has lost digits beyond 2^53: better no row than that one.
  if (typeof value === "number")
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : NOT_FLAT;
  return typeof value === "string" || typeof value === "boolean" ? String(value) : NOT_FLAT;
}
