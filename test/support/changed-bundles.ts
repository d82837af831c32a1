import type { Trust } from "../../src/audit/evidence/judge-trust.ts";
import type { FaultCode } from "../../src/audit/evidence/fault.ts";
import {
  formatInclusionPart,
  parseInclusionPart,
} from "../../src/audit/evidence/inclusion-part.ts";
import { parseNote, formatNote } from "../../src/audit/notes/signed-note.ts";
import { proveSubset } from "../../src/audit/tree/proofs.ts";
import { bundleBytes, type EvidenceWorld, repack, unpack } from "./evidence-world.ts";

export const SIZE = 120;
export const LATER = 150;
export const PROOF = "parts/00000001.inclusion";
export const RECORDS = "parts/00000001.records.ndjson";

/** What an auditor gets to see, and holds in hand. */
export interface Case {
  readonly bundle: Buffer;
  /** The checkpoint that the auditor remembers. */
  readonly remembered?: string;
  /** Consistency proofs that the auditor has. */
  readonly proofs?: readonly string[];
  readonly witnesses?: Trust["witnesses"];
}

/** A log, the same log forked by who holds its key, and what was done with the evidence. */
export interface Worlds {
  readonly world: EvidenceWorld;
  readonly fork: EvidenceWorld;
}

export type Files = Map<string, Buffer>;
export type Row = readonly [
  name: string,
  verdict: FaultCode | "OK",
  make: (worlds: Worlds) => Promise<Case>,
];

/** A good bundle in which files were changed and packed again. */
export function changed(change: (files: Files) => unknown): Row[2] {
  return async ({ world }) => {
    const files = await unpack(await bundleBytes(await world.contents(SIZE)));
    change(files);
    return { bundle: await repack(files) };
  };
}

/** A bundle of the log as it is later, for an auditor who remembers it smaller. */
export function grown(proofs: (world: EvidenceWorld) => Promise<string>[]): Row[2] {
  return async ({ world }) => ({
    bundle: await bundleBytes(await world.contents(LATER)),
    remembered: await world.checkpoint(SIZE),
    proofs: await Promise.all(proofs(world)),
  });
}

/** Leaves records out and proves the others anew, as whoever has the tree can. */
export function without(isLeftOut: (at: number) => boolean): Row[2] {
  return async ({ world }) => {
    const files = await unpack(await bundleBytes(await world.contents(SIZE)));
    lines(RECORDS, (all) => all.splice(0, all.length, ...all.filter((_, at) => !isLeftOut(at))))(
      files,
    );
    const { size, indexes: all } = parseInclusionPart(files.get(PROOF) as Buffer);
    const indexes = all.filter((_, at) => !isLeftOut(at));
    const proof = await proveSubset({ source: world.tiles, size, indexes });
    files.set(PROOF, Buffer.from(formatInclusionPart({ size, indexes, ...proof })));
    return { bundle: await repack(files) };
  };
}

export function cut(share: number): Row[2] {
  return async ({ world }) => {
    const bundle = await bundleBytes(await world.contents(SIZE));
    return { bundle: bundle.subarray(0, Math.floor(bundle.length * share)) };
  };
}

export function flip(path: string, at: number): (files: Files) => void {
  return (files) => {
    const content = Buffer.from(files.get(path) as Buffer);
    const place = at < 0 ? content.length + at : at;
    content[place] = (content[place] as number) ^ 1;
    files.set(path, content);
  };
}

export function replace(path: string, from: string, to: string): (files: Files) => void {
  return (files) => {
    const text = String(files.get(path));
    if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
    files.set(path, Buffer.from(text.replace(from, to)));
  };
}

export function lines(path: string, change: (all: string[]) => unknown): (files: Files) => void {
  return (files) => {
    const all = String(files.get(path)).slice(0, -1).split("\n");
    change(all);
    files.set(path, Buffer.from(all.map((line) => `${line}\n`).join("")));
  };
}

/** Flips one bit of the hash on a line of the proof. */
export function hashFlip(line: number): (files: Files) => void {
  return lines(PROOF, (all) => {
    const words = (all[line] as string).split(" ");
    const hash = Buffer.from(words.at(-1) as string, "base64");
    words.splice(-1, 1, altered(hash).toString("base64"));
    all[line] = words.join(" ");
  });
}

type Signatures = ReturnType<typeof parseNote>["signatures"][number][];
export function signatures(
  path: string,
  change: (all: [Signatures[number], Signatures[number]]) => Signatures,
): (files: Files) => void {
  return (files) => {
    const note = parseNote(files.get(path) as Buffer);
    const changedOnes = change(
      note.signatures as unknown as [Signatures[number], Signatures[number]],
    );
    files.set(path, Buffer.from(formatNote({ ...note, signatures: changedOnes })));
  };
}

export function altered(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[5] = (copy[5] as number) ^ 4;
  return copy;
}

export function swap(all: string[], one: number, other: number): void {
  [all[one], all[other]] = [all[other] as string, all[one] as string];
}

/** Documents stand behind the callers. */
export function inOrder(files: Files): Files {
  const order = ["README", "checkp", "keys.j", "caller", "docume", "polici", "parts/", "manife"];
  const rank = ([path]: [string, Buffer]): number => order.indexOf(path.slice(0, 6));
  return new Map([...files].toSorted((one, other) => rank(one) - rank(other)));
}
