import type { ClientBase, Pool } from "pg";
import type { PolicyFile } from "../policy/document.ts";
import { ask } from "./ask.ts";
import type { PolicyVersionRecord } from "./policy-version-record.ts";

/** A version as it lies in its table, with the names of who wrote and approved it. */
export const SELECT_VERSION = `
  SELECT v.digest, v.documents, v.cases, v.note, v.state, v.version, v.report,
         v.created_at AS "createdAt", v.approved_at AS "approvedAt",
         v.activated_at AS "activatedAt", v.retired_at AS "retiredAt",
         CASE WHEN a.id IS NULL THEN NULL ELSE jsonb_build_object('id', a.id, 'name', a.name) END AS author,
         CASE WHEN p.id IS NULL THEN NULL ELSE jsonb_build_object('id', p.id, 'name', p.name) END AS approver
    FROM policy_version v
    LEFT JOIN principal a ON a.id = v.created_by
    LEFT JOIN principal p ON p.id = v.approved_by`;

/** Such a row. */
export interface VersionRow extends Omit<PolicyVersionRecord, "documents" | "cases"> {
  readonly documents: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, string>> | null;
}

/** The version with its documents, or null; with a connection of a transaction, as it stands there. */
export async function findPolicyVersion(
  database: Pool | ClientBase,
  digest: string,
): Promise<PolicyVersionRecord | null> {
  const { rows } = await ask<VersionRow>(database, {
    text: `${SELECT_VERSION} WHERE v.digest = $1`,
    values: [digest],
  });
  return rows[0] === undefined ? null : recordOf(rows[0]);
}

/** Files as one JSON object, as they are stored. */
export function storedFiles(files: readonly PolicyFile[]): string {
  return JSON.stringify(Object.fromEntries(files.map(({ name, text }) => [name, text])));
}

/** The record of a row. */
export function recordOf({ documents, cases, ...row }: VersionRow): PolicyVersionRecord {
  return { ...row, documents: filesOf(documents), cases: cases === null ? null : filesOf(cases) };
}

function filesOf(stored: Readonly<Record<string, string>>): PolicyFile[] {
  return Object.entries(stored)
    .map(([name, text]) => ({ name, text }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
