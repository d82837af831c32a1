import { publicError } from "../errors.ts";
import type { PolicyFile } from "../policy/document.ts";

/** Where documents may lie: `rows.yaml`, `roles/cs-agent.yaml`; nothing that leads out of a folder. */
const DOCUMENT_NAME = /^([a-z0-9][a-z0-9-]*\/)*[a-z0-9][a-z0-9-]*\.yaml$/i;
const TABLE_NAME = /^[a-z0-9][a-z0-9-]*\.yaml$/i;

/** Files, and characters of all of them together. */
const MOST_FILES = 200;
const LONGEST = 1_000_000;
const LONGEST_NOTE = 2_000;

/**
 * Reads documents as they are stored.
 *
 * @throws VALIDATION_FAILED naming the argument, for none, too many, names twice or not allowed, and
 * texts that can't be stored
 */
export function readDocuments(files: readonly PolicyFile[]): PolicyFile[] {
  if (files.length === 0) throw publicError("VALIDATION_FAILED", { field: "documents" });
  return readFiles({ files, name: DOCUMENT_NAME, field: "documents" });
}

/** Reads decision tables. @throws VALIDATION_FAILED */
export function readTables(files: readonly PolicyFile[]): PolicyFile[] {
  return readFiles({ files, name: TABLE_NAME, field: "cases" });
}

/** Reads a note. @throws VALIDATION_FAILED where it is too long or no text that can be stored */
export function readNote(note: string | null | undefined): string | null {
  const text = note?.trim() ?? "";
  if (text.length > LONGEST_NOTE || !isStorable(text))
    throw publicError("VALIDATION_FAILED", { field: "note" });
  return text === "" ? null : text;
}

/** Tables with some of them replaced, added, or, where the text is empty, taken away. */
export function withTables(
  tables: readonly PolicyFile[],
  changes: readonly PolicyFile[],
): PolicyFile[] {
  const all = new Map(tables.map(({ name, text }) => [name, text]));
  for (const { name, text } of changes) all.set(name, text);
  return [...all].flatMap(([name, text]) => (text.trim() === "" ? [] : [{ name, text }]));
}

function readFiles(from: {
  files: readonly PolicyFile[];
  name: RegExp;
  field: string;
}): PolicyFile[] {
  const { files, field } = from;
  const names = new Set(files.map(({ name }) => name));
  const length = files.reduce((sum, { text }) => sum + text.length, 0);
  const areSound = files.every(({ name, text }) => from.name.test(name) && isStorable(text));
  if (names.size < files.length || files.length > MOST_FILES || length > LONGEST || !areSound)
    throw publicError("VALIDATION_FAILED", { field });
  return files.map(({ name, text }) => ({ name, text }));
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
