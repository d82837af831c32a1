import { parseCheckpointText } from "./checkpoint.ts";
import { NoteFormatError } from "./note-format-error.ts";

const TIMESTAMP_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** A cosignature as it follows the key id on its line. */
export interface Cosignature {
  /** When the witness saw the checkpoint: seconds since 1970 UTC. */
  readonly timestamp: bigint;
  /** Ed25519 signature, 64 bytes. */
  readonly bytes: Buffer;
}

/** Latest time that a cosignature can name. */
const LAST_TIMESTAMP = 2n ** 63n - 1n;

/**
 * What a witness signs: that at this time it had seen nothing of the log that contradicts this
 * checkpoint. Source: C2SP tlog-cosignature, Ed25519 signed message.
 *
 * @param text of a checkpoint
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError` when the text is no checkpoint
 */
export function cosignedMessage({ text, timestamp }: { text: string; timestamp: bigint }): Buffer {
  parseCheckpointText(text);
  return Buffer.from(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

/**
 * Reads `timestamped_signature` of Ed25519: eight bytes of time, 64 of signature.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function parseCosignature(signature: Buffer): Cosignature {
  if (signature.length !== TIMESTAMP_BYTES + SIGNATURE_BYTES)
    throw new NoteFormatError("a cosignature of another length");
  const timestamp = signature.readBigUInt64BE();
  if (timestamp > LAST_TIMESTAMP) throw new NoteFormatError("a time that is too large");
  return { timestamp, bytes: signature.subarray(TIMESTAMP_BYTES) };
}

/** Writes `timestamped_signature`; the other direction of `parseCosignature`. */
export function formatCosignature({ timestamp, bytes }: Cosignature): Buffer {
  const time = Buffer.alloc(TIMESTAMP_BYTES);
  time.writeBigUInt64BE(timestamp);
  return Buffer.concat([time, bytes]);
}
