import { z } from "zod";
import { parseCheckpoint, type SignedCheckpoint } from "../notes/checkpoint.ts";
import { parseVerifierKey, type VerifierKey } from "../notes/verifier-key.ts";
import { parseJson } from "./parse-json.ts";

const FORMAT = "custodia-remembered@v1";
const shape = z.strictObject({
  format: z.literal(FORMAT),
  keys: z.array(z.string()).min(1),
  checkpoint: z.string(),
});

/** What an auditor keeps between two bundles: the newest checkpoint that was verified, and by what. */
export interface Remembered {
  /** Keys of the log that were trusted. */
  readonly keys: readonly VerifierKey[];
  /** The signed checkpoint. */
  readonly checkpoint: string;
}

/** Text of the file in which an auditor remembers. */
export function formatRemembered({ keys, checkpoint }: Remembered): string {
  const content = { format: FORMAT, keys: keys.map(({ text }) => text), checkpoint };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * Reads what an auditor remembers.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function parseRemembered(
  bytes: Uint8Array,
): Remembered & { readonly signed: SignedCheckpoint } {
  const { keys, checkpoint } = parseJson(shape, bytes);
  const signed = parseCheckpoint(checkpoint);
  return { keys: keys.map(parseVerifierKey), checkpoint, signed };
}
