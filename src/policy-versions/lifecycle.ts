import type { PolicyVersionRecord } from "../database/policy-version-record.ts";
import type { NextStep, Standing } from "../database/policy-version-writer.ts";
import { publicError } from "../errors.ts";
import type { PolicyFile } from "../policy/document.ts";
import type { PolicyReport } from "../policy/policy-report.ts";

/** What somebody wants to do with a version. */
export interface WantedStep {
  /** Principal. */
  readonly by: string;
  /** Version number of the record that the caller read. */
  readonly expectedVersion: number;
  readonly note: string | null;
}

/** A test that has been made, and under which tables. */
export interface MadeTest {
  readonly report: PolicyReport;
  readonly cases: readonly PolicyFile[] | null;
}

/**
 * Notes a test: only a version without any finding or failed case is TESTED by it.
 *
 * @throws VERSION_CONFLICT, INVALID_STATE
 */
export function tested({ version }: Standing, wanted: WantedStep, made: MadeTest): NextStep {
  expectUnchanged(version, wanted);
  expectState(version, version.state === "DRAFT");
  const { note } = wanted;
  return isSound(made.report)
    ? { step: "TESTED", state: "TESTED", note, ...made }
    : { step: "TEST_FAILED", state: "DRAFT", note, ...made };
}

/**
 * Approves what somebody else wrote.
 *
 * @throws VERSION_CONFLICT, FOUR_EYES_REQUIRED, INVALID_STATE
 */
export function approved({ version }: Standing, wanted: WantedStep): NextStep {
  expectUnchanged(version, wanted);
  expectOther(version, wanted);
  expectState(version, version.state === "TESTED");
  return { step: "APPROVED", state: "APPROVED", note: wanted.note };
}

/**
 * Puts into force what was approved, or again what was in force before (a rollback).
 *
 * @param replaces digest of the version that the caller takes for the ACTIVE one; null for any
 * @throws VERSION_CONFLICT, FOUR_EYES_REQUIRED (domain 4.5, decision 41), INVALID_STATE
 */
export function activated(
  { version, active }: Standing,
  wanted: WantedStep & { readonly replaces: string | null },
): NextStep {
  expectUnchanged(version, wanted);
  if (wanted.replaces !== null && wanted.replaces !== active?.digest)
    throw publicError("VERSION_CONFLICT");
  expectOther(version, wanted);
  const wasInForce = version.state === "RETIRED" && version.activatedAt !== null;
  expectState(version, version.state === "APPROVED" || wasInForce);
  return { step: "ACTIVATED", state: "ACTIVE", note: wanted.note };
}

/**
 * Takes back a version that never came into force. One that is ACTIVE is retired by the next, for
 * without any nothing would be served.
 *
 * @throws VERSION_CONFLICT, INVALID_STATE
 */
export function retired({ version }: Standing, wanted: WantedStep): NextStep {
  expectUnchanged(version, wanted);
  expectState(version, version.state !== "ACTIVE" && version.state !== "RETIRED");
  return { step: "RETIRED", state: "RETIRED", note: wanted.note };
}

/** Whether a report says nothing against a version. */
export function isSound({ failed, findings }: PolicyReport): boolean {
  return failed.length === 0 && findings.length === 0;
}

function expectUnchanged(version: PolicyVersionRecord, { expectedVersion }: WantedStep): void {
  if (version.version !== expectedVersion) throw publicError("VERSION_CONFLICT");
}

/** The program's own documents have no author: they were written, and reviewed, elsewhere. */
function expectOther({ author }: PolicyVersionRecord, { by }: WantedStep): void {
  if (author?.id === by) throw publicError("FOUR_EYES_REQUIRED");
}

function expectState({ state }: PolicyVersionRecord, isRight: boolean): void {
  if (!isRight) throw publicError("INVALID_STATE", { state });
}
