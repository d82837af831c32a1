import type { SignedCheckpoint } from "../notes/checkpoint.ts";
import type { ConsistencyProof } from "../notes/consistency-proof.ts";
import { NoteFormatError } from "../notes/note-format-error.ts";
import { parseVerifierKey, type VerifierKey } from "../notes/verifier-key.ts";
import { CHECKPOINT_FILE, KEYS_FILE } from "./bundle-format.ts";
import type { BundleReading } from "./bundle-reading.ts";
import type { Check, Fault } from "./fault.ts";
import { judgeGrowth } from "./judge-growth.ts";
import { judgeCosignatures, judgeSignature } from "./judge-signatures.ts";

/** What an auditor brings along, and did not get with the bundle. */
export interface Trust {
  /** Keys of the log; without any those that are remembered count, then those of the bundle. */
  readonly keys: readonly VerifierKey[];
  /** Witnesses that must have cosigned, besides those of the bundle. */
  readonly witnesses: readonly VerifierKey[];
  /** The newest checkpoint that was verified before. */
  readonly remembered: {
    readonly keys: readonly VerifierKey[];
    readonly signed: SignedCheckpoint;
  } | null;
  /** Consistency proofs, besides those of the bundle. */
  readonly proofs: readonly ConsistencyProof[];
}

/** What came of it. */
export interface TrustVerdict {
  readonly keys: readonly VerifierKey[];
  readonly checks: readonly Check[];
  readonly faults: readonly Fault[];
  readonly notices: readonly string[];
}

/** Whether the checkpoint of a bundle is the log's, cosigned, and continues what was seen before. */
export function judgeTrust(reading: BundleReading, trust: Trust): TrustVerdict {
  const own = keysOf(reading);
  const { checkpoint } = reading;
  const [keys, source] = trustedKeys(trust, own.log);
  if (checkpoint === null) {
    const isNamed = reading.blamed.has(CHECKPOINT_FILE);
    const text = "there is no checkpoint to prove anything to";
    const missing: Fault = { code: "FILE_MISSING", subject: CHECKPOINT_FILE, text };
    return {
      keys,
      checks: [],
      faults: isNamed ? own.faults : [...own.faults, missing],
      notices: [],
    };
  }
  const about = { note: checkpoint.note, subject: CHECKPOINT_FILE };
  const witnesses = uniqueKeys([...trust.witnesses, ...own.witnesses]);
  const signed = judgeSignature({ ...about, origin: checkpoint.origin, keys });
  const cosigned = judgeCosignatures({ ...about, witnesses });
  const grown = growthFaults(checkpoint, trust, reading.consistency);
  const faults = [...own.faults, ...signed, ...cosigned, ...(grown ?? [])];
  if (faults.length > own.faults.length) reading.blamed.add(CHECKPOINT_FILE);
  const size = `${checkpoint.size} records`;
  const checks: Check[] = [
    { name: "checkpoint is signed by the log", isOk: signed.length === 0, detail: source },
    {
      name: "checkpoint is cosigned by its witnesses",
      isOk: cosigned.length === 0,
      detail: `${witnesses.length} witnesses`,
    },
    ...(grown === null
      ? []
      : [{ name: "log continues what was seen before", isOk: grown.length === 0, detail: size }]),
  ];
  const notices = source === BUNDLE_KEYS ? [NOT_PINNED] : [];
  return { keys, checks, faults, notices };
}

const BUNDLE_KEYS = "by keys that came with the bundle";
const NOT_PINNED =
  "The keys came with the bundle. Compare them with keys that you got in another way, or give one with --key.";

function trustedKeys(trust: Trust, own: readonly VerifierKey[]): [readonly VerifierKey[], string] {
  if (trust.keys.length > 0) return [trust.keys, "by keys that were given"];
  if (trust.remembered !== null) return [trust.remembered.keys, "by keys that were remembered"];
  return [own, BUNDLE_KEYS];
}

function growthFaults(
  now: SignedCheckpoint,
  { remembered, proofs }: Trust,
  own: readonly ConsistencyProof[],
): Fault[] | null {
  if (remembered === null) return null;
  const before = remembered.signed;
  return judgeGrowth({ before, now, subject: CHECKPOINT_FILE, proofs: [...proofs, ...own] });
}

function keysOf(reading: BundleReading): {
  log: VerifierKey[];
  witnesses: VerifierKey[];
  faults: Fault[];
} {
  const { log = [], witnesses = [] } = reading.keys ?? {};
  try {
    return {
      log: log.map(parseVerifierKey),
      witnesses: witnesses.map(parseVerifierKey),
      faults: [],
    };
  } catch (error) {
    if (!(error instanceof NoteFormatError)) throw error;
    reading.blamed.add(KEYS_FILE);
    const fault: Fault = { code: "MALFORMED", subject: KEYS_FILE, text: error.message };
    return { log: [], witnesses: [], faults: [fault] };
  }
}

function uniqueKeys(keys: readonly VerifierKey[]): VerifierKey[] {
  return [...new Map(keys.map((key) => [key.text, key])).values()];
}
