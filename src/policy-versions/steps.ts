import { createHash } from "node:crypto";
import type { Catalog } from "../classification/catalog.ts";
import type { PolicyVersionRecord } from "../database/policy-version-record.ts";
import type { Made, NextStep, Standing } from "../database/policy-version-writer.ts";
import type { PolicyVersions } from "../database/policy-versions.ts";
import { publicError } from "../errors.ts";
import { digestOf, type PolicyFile } from "../policy/document.ts";
import { type PolicyFault, PolicyFaults } from "../policy/fault.ts";
import { loadPolicy } from "../policy/load.ts";
import type { PolicyTester } from "../policy/policy-report.ts";
import { activated, approved, retired, tested, type WantedStep } from "./lifecycle.ts";
import { withTables } from "./read-files.ts";

/** Who takes a step, by which way, and with what. */
export interface StepWorld {
  readonly versions: PolicyVersions;
  readonly catalog: Catalog;
  readonly tester: PolicyTester;
  /** Principal. */
  readonly by: string;
  readonly via: Made["via"];
  readonly now: Date;
  /** Name of the mutation, so that a repetition does nothing more. */
  readonly clientMutationId: string | null;
}

/** Which version, as the caller read it, and why. */
export interface AskedStep {
  readonly digest: string;
  readonly expectedVersion: number;
  readonly note: string | null;
}

/** A DRAFT, or what is wrong with the documents; then nothing was stored. */
export interface Submitted {
  readonly version: PolicyVersionRecord | null;
  readonly faults: readonly PolicyFault[];
}

/** @throws INVALID_STATE where these documents are stored already, IDEMPOTENCY_CONFLICT */
export async function submitPolicy(
  world: StepWorld,
  { documents, note }: { documents: readonly PolicyFile[]; note: string | null },
): Promise<Submitted> {
  const faults = faultsIn(documents, world.catalog);
  if (faults.length > 0) return { version: null, faults };
  const digest = digestOf(documents);
  const made = madeBy(world, ["submit", digest, note]);
  await world.versions.add({ added: { digest, documents, note }, made });
  return { version: await versionOf(world, digest), faults };
}

/**
 * Tests a DRAFT. Its decision tables are those of the ACTIVE version, some of them replaced.
 *
 * @throws NOT_FOUND, VERSION_CONFLICT, INVALID_STATE, IDEMPOTENCY_CONFLICT
 */
export async function testPolicy(
  world: StepWorld,
  asked: AskedStep & { readonly cases: readonly PolicyFile[] },
): Promise<PolicyVersionRecord> {
  const { versions, tester, now } = world;
  const { documents, state, version } = await versionOf(world, asked.digest);
  // Before seconds of computing; the step itself looks again.
  if (version === asked.expectedVersion && state !== "DRAFT")
    throw publicError("INVALID_STATE", { state });
  const before = (await versions.active())?.cases ?? null;
  const isProducts = before === null && asked.cases.length === 0;
  const cases = isProducts ? null : withTables(before ?? tester.tables(), asked.cases);
  const people = await versions.roleHolders(now);
  const report = await tester.test({ documents, cases, people, now });
  return take(world, { ...asked, step: "test" }, (standing, wanted) =>
    tested(standing, wanted, { report, cases }),
  );
}

/** @throws NOT_FOUND, VERSION_CONFLICT, FOUR_EYES_REQUIRED, INVALID_STATE, IDEMPOTENCY_CONFLICT */
export function approvePolicy(world: StepWorld, asked: AskedStep): Promise<PolicyVersionRecord> {
  return take(world, { ...asked, step: "approve" }, approved);
}

/** @throws NOT_FOUND, VERSION_CONFLICT, FOUR_EYES_REQUIRED, INVALID_STATE, IDEMPOTENCY_CONFLICT */
export function activatePolicy(
  world: StepWorld,
  asked: AskedStep & { readonly replaces: string | null },
): Promise<PolicyVersionRecord> {
  const { replaces } = asked;
  return take(world, { ...asked, step: "activate" }, (standing, wanted) => {
    const next = activated(standing, { ...wanted, replaces });
    // Every node of this release would stop: better that nothing happens.
    if (faultsIn(standing.version.documents, world.catalog).length > 0)
      throw publicError("INVALID_STATE", { state: standing.version.state });
    return next;
  });
}

/** @throws NOT_FOUND, VERSION_CONFLICT, INVALID_STATE, IDEMPOTENCY_CONFLICT */
export function retirePolicy(world: StepWorld, asked: AskedStep): Promise<PolicyVersionRecord> {
  return take(world, { ...asked, step: "retire" }, retired);
}

async function take(
  world: StepWorld,
  asked: AskedStep & { readonly step: string },
  next: (standing: Standing, wanted: WantedStep) => NextStep,
): Promise<PolicyVersionRecord> {
  const { digest, expectedVersion, note } = asked;
  const made = madeBy(world, asked);
  const wanted: WantedStep = { by: world.by, expectedVersion, note };
  await world.versions.change({ digest, made, next: (standing) => next(standing, wanted) });
  return versionOf(world, digest);
}

function madeBy({ by, via, now, clientMutationId }: StepWorld, asked: unknown): Made {
  const fingerprint = createHash("sha256").update(JSON.stringify(asked)).digest();
  const mutation =
    clientMutationId === null ? null : { principalId: by, clientMutationId, fingerprint };
  return { by, via, at: now, mutation };
}

async function versionOf({ versions }: StepWorld, digest: string): Promise<PolicyVersionRecord> {
  const version = await versions.find(digest);
  if (version === null) throw publicError("NOT_FOUND");
  return version;
}

function faultsIn(documents: readonly PolicyFile[], catalog: Catalog): readonly PolicyFault[] {
  try {
    loadPolicy(documents, catalog);
    return [];
  } catch (error) {
    if (error instanceof PolicyFaults) return error.faults;
    throw error;
  }
}
