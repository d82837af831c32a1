import type { ClientBase, Pool } from "pg";
import type { PolicyFile } from "../policy/document.ts";
import { ask } from "./ask.ts";
import type { PolicyActor, PolicyStep, PolicyVersionRecord } from "./policy-version-record.ts";

/** Where versions of the policy are read; always the primary database. */
export interface PolicyVersions {
  /** The version with its documents, or null. */
  find(digest: string): Promise<PolicyVersionRecord | null>;
  /** The one that is ACTIVE, or null. */
  active(): Promise<PolicyVersionRecord | null>;
  /** The newest first, after one of them. */
  list(asked: { after: string | null; limit: number }): Promise<PolicyVersionRecord[]>;
  count(): Promise<number>;
  /** Everything that was done to these versions, the earliest first. */
  stepsOf(digests: readonly string[]): Promise<PolicyStep[]>;
}

const SELECT = `
  SELECT v.digest, v.documents, v.cases, v.note, v.state, v.version, v.report,
         v.created_at AS "createdAt", v.approved_at AS "approvedAt",
         v.activated_at AS "activatedAt", v.retired_at AS "retiredAt",
         CASE WHEN a.id IS NULL THEN NULL ELSE jsonb_build_object('id', a.id, 'name', a.name) END AS author,
         CASE WHEN p.id IS NULL THEN NULL ELSE jsonb_build_object('id', p.id, 'name', p.name) END AS approver
    FROM policy_version v
    LEFT JOIN principal a ON a.id = v.created_by
    LEFT JOIN principal p ON p.id = v.approved_by`;

const AFTER = `${SELECT}
   WHERE $1::text IS NULL
      OR (v.created_at, v.digest) < (SELECT created_at, digest FROM policy_version WHERE digest = $1)
   ORDER BY v.created_at DESC, v.digest DESC LIMIT $2`;

const STEPS = `
  SELECT s.digest, s.step, s.state, s.version, s.made_at AS at, s.via, s.note, p.id, p.name
    FROM policy_version_step s LEFT JOIN principal p ON p.id = s.principal_id
   WHERE s.digest = ANY ($1::text[]) ORDER BY s.made_at, s.version`;

interface Row extends Omit<PolicyVersionRecord, "documents" | "cases"> {
  readonly documents: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, string>> | null;
}

type StepRow = Omit<PolicyStep, "by"> & { readonly id: string | null; readonly name: string };

/** Reads the stored versions of the policy. */
export function createPolicyVersions(primary: Pool): PolicyVersions {
  return {
    async find(digest) {
      return findPolicyVersion(primary, digest);
    },
    async active() {
      const text = `${SELECT} WHERE v.state = 'ACTIVE'`;
      const { rows } = await ask<Row>(primary, { name: "active-policy-version", text });
      return rows[0] === undefined ? null : recordOf(rows[0]);
    },
    async list({ after, limit }) {
      const values = [after, limit];
      const { rows } = await ask<Row>(primary, { text: AFTER, values });
      return rows.map(recordOf);
    },
    async count() {
      const text = "SELECT count(*)::int AS count FROM policy_version";
      const { rows } = await ask<{ count: number }>(primary, { text });
      return rows[0]?.count ?? 0;
    },
    async stepsOf(digests) {
      const { rows } = await ask<StepRow>(primary, { text: STEPS, values: [digests] });
      return rows.map(({ id, name, ...step }) => ({ ...step, by: actorOf(id, name) }));
    },
  };
}

/** The version with its documents, or null; with a connection of a transaction, as it stands there. */
export async function findPolicyVersion(
  database: Pool | ClientBase,
  digest: string,
): Promise<PolicyVersionRecord | null> {
  const { rows } = await ask<Row>(database, {
    text: `${SELECT} WHERE v.digest = $1`,
    values: [digest],
  });
  return rows[0] === undefined ? null : recordOf(rows[0]);
}

/** Files as one JSON object, as they are stored. */
export function storedFiles(files: readonly PolicyFile[]): string {
  return JSON.stringify(Object.fromEntries(files.map(({ name, text }) => [name, text])));
}

function recordOf({ documents, cases, ...row }: Row): PolicyVersionRecord {
  return { ...row, documents: filesOf(documents), cases: cases === null ? null : filesOf(cases) };
}

function filesOf(stored: Readonly<Record<string, string>>): PolicyFile[] {
  return Object.entries(stored)
    .map(([name, text]) => ({ name, text }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function actorOf(id: string | null, name: string): PolicyActor | null {
  return id === null ? null : { id, name };
}
