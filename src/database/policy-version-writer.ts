import type { ClientBase, Pool } from "pg";
import { publicError } from "../errors.ts";
import type { PolicyFile } from "../policy/document.ts";
import type { PolicyReport } from "../policy/policy-report.ts";
import { ask } from "./ask.ts";
import type {
  PolicyState,
  PolicyStep,
  PolicyStepName,
  PolicyVersionRecord,
} from "./policy-version-record.ts";
import { findPolicyVersion, storedFiles } from "./policy-version-rows.ts";
import { type NamedMutation, isRepeatedMutation } from "./repeated-mutation.ts";
import { statementFailure } from "./statement-failure.ts";
import { inTransaction } from "./transaction.ts";

/** Who does something, how and when. */
export interface Made {
  /** Principal; null for the program itself. */
  readonly by: string | null;
  readonly via: PolicyStep["via"];
  readonly at: Date;
  /** Names what is done, so that a repetition does nothing more. */
  readonly mutation: NamedMutation | null;
}

/** What a version becomes, and what is kept of it. */
export interface NextStep {
  readonly step: PolicyStepName;
  readonly state: PolicyState;
  readonly note?: string | null;
  readonly report?: PolicyReport;
  /** Tables of the test; null for those of the product. */
  readonly cases?: readonly PolicyFile[] | null;
}

/** A version that is there and the one that is ACTIVE, as they stand while nobody else can change them. */
export interface Standing {
  readonly version: PolicyVersionRecord;
  readonly active: PolicyVersionRecord | null;
}

/** Documents under their digest, and why they were written. */
export interface NewPolicyVersion {
  readonly digest: string;
  readonly documents: readonly PolicyFile[];
  readonly note: string | null;
}

/**
 * Stores documents as a DRAFT.
 *
 * @throws INVALID_STATE where these documents are stored already, IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE
 */
export async function addPolicyVersion(
  pool: Pool,
  { added, made }: { added: NewPolicyVersion; made: Made },
): Promise<void> {
  await oneAtATime(pool, async (client) => {
    if (await isRepeatedMutation(client, made.mutation)) return;
    const { digest } = added;
    if ((await findPolicyVersion(client, digest)) !== null)
      throw publicError("INVALID_STATE", { digest });
    await insert(client, { added, made, step: "SUBMITTED" });
  });
}

/**
 * Takes a version one step further, as `next` decides on how it stands; making it ACTIVE retires the
 * one before. All of it or nothing.
 *
 * @throws NOT_FOUND, IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE, and whatever `next` refuses with
 */
export async function changePolicyVersion(
  pool: Pool,
  { digest, made, next }: { digest: string; made: Made; next: (standing: Standing) => NextStep },
): Promise<void> {
  await oneAtATime(pool, async (client) => {
    if (await isRepeatedMutation(client, made.mutation)) return;
    const version = await findPolicyVersion(client, digest);
    if (version === null) throw publicError("NOT_FOUND");
    const active = await activeVersion(client);
    await take(client, { standing: { version, active }, made, next: next({ version, active }) });
  });
}

/** Makes documents the ACTIVE version, storing them where they are not; for the program's own. */
export async function installPolicyVersion(
  pool: Pool,
  { added, made, onlyIfEmpty }: { added: NewPolicyVersion; made: Made; onlyIfEmpty: boolean },
): Promise<void> {
  await oneAtATime(pool, async (client) => {
    const { rows } = await client.query("SELECT 1 FROM policy_version LIMIT 1");
    if (onlyIfEmpty && rows.length > 0) return;
    const active = await activeVersion(client);
    if (active?.digest === added.digest) return;
    const stored = await findPolicyVersion(client, added.digest);
    if (stored === null) await insert(client, { added, made, step: "INSTALLED" });
    const version = stored ?? (await findPolicyVersion(client, added.digest));
    if (version === null) return;
    await take(client, {
      standing: { version, active },
      made,
      next: { step: "ACTIVATED", state: "ACTIVE" },
    });
  });
}

/** Whoever changes versions waits for who came before: there is one life of the policy. */
async function oneAtATime(pool: Pool, work: (client: ClientBase) => Promise<void>): Promise<void> {
  try {
    await inTransaction(pool, async (client) => {
      await client.query("LOCK TABLE policy_version IN SHARE ROW EXCLUSIVE MODE");
      await work(client);
    });
  } catch (error) {
    throw statementFailure(error);
  }
}

async function activeVersion(client: ClientBase): Promise<PolicyVersionRecord | null> {
  const text = "SELECT digest FROM policy_version WHERE state = 'ACTIVE'";
  const { rows } = await ask<{ digest: string }>(client, { text });
  return rows[0] === undefined ? null : findPolicyVersion(client, rows[0].digest);
}

async function insert(
  client: ClientBase,
  { added, made, step }: { added: NewPolicyVersion; made: Made; step: PolicyStepName },
): Promise<void> {
  const { digest, documents, note } = added;
  await client.query(
    `INSERT INTO policy_version (digest, documents, note, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5)`,
    [digest, storedFiles(documents), note, made.at, made.by],
  );
  await record(client, { digest, version: 1, made, next: { step, state: "DRAFT", note } });
}

/** When a step was made last, and by whom, beside its name. */
const STAMPS: Readonly<Partial<Record<PolicyStepName, string>>> = {
  TESTED: "tested",
  APPROVED: "approved",
  ACTIVATED: "activated",
  RETIRED: "retired",
};

async function take(
  client: ClientBase,
  { standing, made, next }: { standing: Standing; made: Made; next: NextStep },
): Promise<void> {
  const { version, active } = standing;
  if (next.state === "ACTIVE" && active !== null) {
    const note = `replaced by ${version.digest}`;
    await write(client, {
      version: active,
      made,
      next: { step: "RETIRED", state: "RETIRED", note },
    });
  }
  await write(client, { version, made, next });
}

async function write(
  client: ClientBase,
  { version, made, next }: { version: PolicyVersionRecord; made: Made; next: NextStep },
): Promise<void> {
  const { digest } = version;
  const values: unknown[] = [digest, next.state];
  const set = (column: string, value: unknown): string => `${column} = $${values.push(value)}`;
  const stamp = STAMPS[next.step];
  const assignments = [
    ...(stamp === undefined ? [] : [set(`${stamp}_at`, made.at), set(`${stamp}_by`, made.by)]),
    ...(next.report === undefined ? [] : [set("report", JSON.stringify(next.report))]),
    ...(next.cases === undefined ? [] : [set("cases", next.cases && storedFiles(next.cases))]),
  ];
  const changed = ["state = $2", "version = version + 1", ...assignments].join(", ");
  await client.query(`UPDATE policy_version SET ${changed} WHERE digest = $1`, values);
  await record(client, { digest, version: version.version + 1, made, next });
}

async function record(
  client: ClientBase,
  { digest, version, made, next }: { digest: string; version: number; made: Made; next: NextStep },
): Promise<void> {
  const { step, state, note = null } = next;
  await client.query(
    `INSERT INTO policy_version_step (digest, version, step, state, made_at, principal_id, via, note)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [digest, version, step, state, made.at, made.by, made.via, note],
  );
}
