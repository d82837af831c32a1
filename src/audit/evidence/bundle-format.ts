import { z } from "zod";

/** Version of the form; `docs/evidence-bundle.md` describes it. */
export const BUNDLE_FORMAT = "custodia-evidence@v1";

/** Most records of one part, and most bytes of their texts: what a verifier holds in memory. */
export const PART_RECORDS = 4_096;
export const PART_BYTES = 8_388_608;

/** Largest file that is read whole, and largest proof of a part, in bytes; larger ones are refused. */
export const MOST_FILE_BYTES = 67_108_864;
export const MOST_PROOF_BYTES = 16_777_216;

export const CHECKPOINT_FILE = "checkpoint";
export const KEYS_FILE = "keys.json";
export const MANIFEST_FILE = "manifest.json";
export const MANIFEST_SIGNATURE_FILE = "manifest.sig";

/** Files in the order in which they stand; within one line, by name. */
const ORDER: readonly RegExp[] = [
  /^README\.txt$/,
  /^checkpoint$/,
  /^keys\.json$/,
  /^consistency\/[0-9]{16}\.txt$/,
  /^callers\.ndjson$/,
  /^documents\/./,
  /^policies\/[0-9a-f]{64}\/./,
  // A proof before its records: "inclusion" sorts before "records".
  /^parts\/[0-9]{8}\.(?:inclusion|records\.ndjson)$/,
  /^manifest\.json$/,
  /^manifest\.sig$/,
];

/** Segments and a whole that fit into a ustar header, wherever its name and prefix are divided. */
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,89}(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,89})*$/;
const MOST_PATH_CHARACTERS = 150;

/** Place of a file in the order of a bundle; -1 for what does not belong into one. */
export function rankOf(path: string): number {
  if (path.length > MOST_PATH_CHARACTERS || !PATH.test(path)) return -1;
  return ORDER.findIndex((pattern) => pattern.test(path));
}

/** Whether one file may follow another. */
export function mayFollow(before: string | null, path: string): boolean {
  const rank = rankOf(path);
  if (rank === -1) return false;
  if (before === null) return true;
  return rank > rankOf(before) || (rank === rankOf(before) && path > before);
}

/** Name of a part, counted from 1. */
export function partName(number: number): string {
  return String(number).padStart(8, "0");
}

/** File with the proof of a part. */
export function inclusionFile(part: string): string {
  return `parts/${part}.inclusion`;
}

/** File with the records of a part. */
export function recordsFile(part: string): string {
  return `parts/${part}.records.ndjson`;
}

const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const partShape = z.strictObject({
  part: z.string().regex(/^[0-9]{8}$/),
  count: count.min(1),
  first: count,
  last: count,
});
const fileShape = z.strictObject({ path: z.string(), bytes: count, sha256: digest });

/** `manifest.json`. */
export const manifestShape = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  checkpoint: z.strictObject({ origin: z.string().min(1), size: count, root: z.string() }),
  /** What the evidence is about, in the words of who made it. */
  scope: z.record(z.string(), z.json()),
  records: z.strictObject({
    count,
    /** SHA-256 over the tree indexes of all records, each followed by a line feed. */
    indexes: digest,
    parts: z.array(partShape),
  }),
  /** Every file before the manifest, in order. */
  files: z.array(fileShape),
});

/** `keys.json`: verifier keys of the log, the newest first, and of the witnesses that cosigned. */
export const keysShape = z.strictObject({
  log: z.array(z.string()).min(1),
  witnesses: z.array(z.string()),
});

export type Manifest = z.infer<typeof manifestShape>;
export type BundleKeys = z.infer<typeof keysShape>;
export type ManifestPart = z.infer<typeof partShape>;
export type ManifestFile = z.infer<typeof fileShape>;

/** What is signed of a manifest. No checkpoint has this form, so neither passes as the other. */
export function manifestText(sha256: string): string {
  return `${BUNDLE_FORMAT}\nsha256 ${sha256}\n`;
}
