import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { LRUCache } from "lru-cache";
import { isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { didYouMean } from "../lib/did-you-mean.ts";
import type { PolicyFault } from "./fault.ts";

/** One file of a policy as text. */
export interface PolicyFile {
  /** Name relative to the policy folder, with forward slashes. */
  readonly name: string;
  readonly text: string;
}

/** Reads every `.yaml` file below a folder, in the order of their names. */
export function readPolicyFiles(folder: string): PolicyFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      name: relative(folder, path).replaceAll("\\", "/"),
      text: readFileSync(path, "utf8"),
    }));
}

/** SHA-256 over names and texts of all files, hex: the version of the policy. */
export function digestOf(files: readonly PolicyFile[]): string {
  const hash = createHash("sha256");
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(JSON.stringify([file.name, file.text.replaceAll("\r\n", "\n")]));
  }
  return hash.digest("hex");
}

/** A YAML mapping with its place, so that every fault can name a line. */
export class Section {
  readonly #map: YAMLMap;
  readonly #source: Source;

  constructor(map: YAMLMap, source: Source) {
    this.#map = map;
    this.#source = source;
  }

  /** Line of this section, counted from 1. */
  get line(): number {
    return this.#source.lineOf(this.#map);
  }

  get file(): string {
    return this.#source.file;
  }

  get keys(): string[] {
    return this.#map.items.map((item) => (isScalar(item.key) ? String(item.key.value) : ""));
  }

  has(key: string): boolean {
    return this.#map.has(key);
  }

  /** Plain value of a key, or undefined. */
  value(key: string): unknown {
    const node = this.#map.get(key, true);
    return isNode(node) ? node.toJS(this.#source.document) : undefined;
  }

  /** Line of a key's value, or of the section where the key is absent. */
  lineOf(key: string): number {
    const node = this.#map.get(key, true);
    return isNode(node) ? this.#source.lineOf(node) : this.line;
  }

  /** The mapping under a key; a fault when it is something else. */
  section(key: string): Section | null {
    const node = this.#map.get(key, true);
    if (node === undefined) return null;
    if (isMap(node)) return new Section(node, this.#source);
    this.fault(`"${key}" must be a mapping.`, key);
    return null;
  }

  /** The list of mappings under a key; a fault for anything else in it. */
  sections(key: string): Section[] {
    const node = this.#map.get(key, true) as { items?: unknown[] } | undefined;
    if (node === undefined) return [];
    if (!Array.isArray(node.items) || isMap(node)) {
      this.fault(`"${key}" must be a list.`, key);
      return [];
    }
    return node.items.flatMap((item) => {
      if (isMap(item)) return [new Section(item as YAMLMap, this.#source)];
      this.fault(`Every entry of "${key}" must be a mapping.`, key);
      return [];
    });
  }

  /** A text that must be there. */
  text(key: string): string {
    const value = this.value(key);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    this.fault(`"${key}" must be a text and is missing or empty.`, key);
    return "";
  }

  /** A word out of a closed list. */
  word<T extends string>(key: string, known: Iterable<T>): T | null {
    const value = this.value(key);
    const words = [...known];
    if (words.includes(value as T)) return value as T;
    this.fault(`"${key}" is ${said(value)}.${didYouMean(String(value), words)}`, key);
    return null;
  }

  /** A list of words out of a closed list; a single word counts as a list of one. */
  words<T extends string>(key: string, known: Iterable<T>): T[] {
    const value = this.value(key);
    if (value === undefined) return [];
    const words = new Set(known);
    // Left out and empty are not the same: an empty list means nothing, and rules are never idle.
    if (Array.isArray(value) && value.length === 0) this.fault(`"${key}" is empty.`, key);
    return (Array.isArray(value) ? value : [value]).filter((word): word is T => {
      if (words.has(word as T)) return true;
      this.fault(`"${key}" holds ${said(word)}.${didYouMean(String(word), [...words])}`, key);
      return false;
    });
  }

  /** A fault for every key that is not in the list. */
  allowOnly(known: readonly string[]): void {
    for (const key of this.keys) {
      if (known.includes(key)) continue;
      this.fault(`"${key}" is not a word here.${didYouMean(key, known)}`, key);
    }
  }

  fault(message: string, key?: string): void {
    const line = key === undefined || !this.has(key) ? this.line : this.lineOf(key);
    this.#source.faults.push({ file: this.file, line, message });
  }
}

interface Source {
  readonly file: string;
  readonly document: ReturnType<typeof parseDocument>;
  readonly faults: PolicyFault[];
  lineOf(node: unknown): number;
}

/** YAML as it was read, which nobody changes. */
interface ReadYaml {
  readonly document: ReturnType<typeof parseDocument>;
  readonly lines: LineCounter;
}

/** Most of a new version is text of the one before, and reading YAML is what loading costs. */
const known = new LRUCache<string, ReadYaml>({
  maxSize: 1_000_000,
  sizeCalculation: (_read, text) => text.length + 1,
});

function readYaml(text: string): ReadYaml {
  let read = known.get(text);
  if (read === undefined) {
    const lines = new LineCounter();
    read = { document: parseDocument(text, { lineCounter: lines, uniqueKeys: true }), lines };
    known.set(text, read);
  }
  return read;
}

/** Parses one file; faults of the YAML itself are collected like all others. */
export function parseFile(file: PolicyFile, faults: PolicyFault[]): Section | null {
  const { document, lines } = readYaml(file.text);
  for (const error of document.errors) {
    const line = lines.linePos(error.pos[0]).line;
    faults.push({ file: file.name, line, message: error.message.split("\n")[0] ?? "Not YAML." });
  }
  if (document.errors.length > 0) return null;
  if (!isMap(document.contents)) {
    faults.push({ file: file.name, line: 1, message: "The document must be a mapping." });
    return null;
  }
  const lineOf = (node: unknown): number =>
    isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1;
  return new Section(document.contents, { file: file.name, document, faults, lineOf });
}

function said(value: unknown): string {
  return value === undefined ? "missing" : `${JSON.stringify(value)}, which is unknown`;
}
