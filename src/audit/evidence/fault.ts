/**
 * What can be wrong with evidence, the most telling first: where one tampering shows in several
 * places, the first of these names it.
 */
export const FAULT_MEANINGS = {
  SPLIT_VIEW: "two checkpoints of one log that cannot both be true: somebody is shown another log",
  OLD_CHECKPOINT: "a checkpoint older than one that was seen before",
  OTHER_LOG: "a checkpoint of another log than the one that was seen before",
  WRONG_KEY: "not signed by a key that is trusted for this log",
  BAD_SIGNATURE: "a signature of a trusted key that does not hold",
  COSIGNATURE_MISSING: "a witness that should have signed the checkpoint has not",
  TAIL_CUT: "the end is missing",
  RECORD_MISSING: "records are missing before the end",
  RECORDS_SWAPPED: "records stand in another order than in the log",
  RECORD_ALTERED: "a record is not the one that was logged",
  RECORD_ADDED: "a record that is not part of this evidence",
  POLICY_ALTERED: "policy documents that are not those of their version",
  PROOF_INVALID: "a proof does not lead to the root of the checkpoint",
  CONSISTENCY_MISSING: "nothing proves that the log only grew since the checkpoint seen before",
  FILE_MISSING: "a file of the manifest is not there",
  MANIFEST_MISMATCH: "a file is not as the manifest says",
  MALFORMED: "not of the form that docs/evidence-bundle.md describes",
} as const satisfies Readonly<Record<string, string>>;

/** Name of a fault, the same in both verifiers. */
export type FaultCode = keyof typeof FAULT_MEANINGS;

/** One thing that is wrong. */
export interface Fault {
  readonly code: FaultCode;
  /** File, and the tree index of the record where it is about one. */
  readonly subject: string;
  /** For people; never the content of a record. */
  readonly text: string;
}

/** One thing that was checked. */
export interface Check {
  readonly name: string;
  readonly isOk: boolean;
  readonly detail: string;
}

/** What came of verifying. */
export interface Verdict {
  /** `OK`, or the most telling fault. */
  readonly verdict: FaultCode | "OK";
  readonly checks: readonly Check[];
  readonly faults: readonly Fault[];
  /** What the reader should know although nothing is wrong. */
  readonly notices: readonly string[];
}

const ORDER = Object.keys(FAULT_MEANINGS) as FaultCode[];

/** The most telling fault first; among alike ones the order in which they were found. */
function sortFaults(faults: readonly Fault[]): Fault[] {
  return faults.toSorted((one, other) => ORDER.indexOf(one.code) - ORDER.indexOf(other.code));
}

/** Puts a verdict together. */
export function verdictOf(parts: {
  checks: readonly Check[];
  faults: readonly Fault[];
  notices?: readonly string[];
}): Verdict {
  const faults = sortFaults(parts.faults);
  const { checks, notices = [] } = parts;
  return { verdict: faults[0]?.code ?? "OK", checks, faults, notices };
}
