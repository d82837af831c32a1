import { join } from "node:path";
import pg from "pg";
import { createPolicyVersions } from "../../src/database/policy-versions.ts";
import { createPool } from "../../src/database/pool.ts";
import { requireDemoCaller } from "../../src/identity/demo-tokens.ts";
import { packageRoot } from "../../src/lib/package-root.ts";
import { digestOf, type PolicyFile, readPolicyFiles } from "../../src/policy/document.ts";
import { TEMPLATE_NOW } from "./template.ts";

/** The product's documents with one of them changed. */
export function productDocuments(
  name: string,
  change: (text: string) => string = (text) => text,
): PolicyFile[] {
  return readPolicyFiles(join(packageRoot(), "policies")).map((file) =>
    file.name === name ? { name, text: change(file.text) } : file,
  );
}

/** The same policy, written otherwise: another digest for each remark. */
export function remarked(remark: string): PolicyFile[] {
  return productDocuments("rows.yaml", (text) => `${text}\n# ${remark}\n`);
}

/** A policy that gives CS agents no names. */
export function withoutNames(): PolicyFile[] {
  return productDocuments("roles/cs-agent.yaml", (text) =>
    text.replace("[NAME, ", "[").replace("      CLEAR: [NAME]\n", ""),
  );
}

/** Puts a version of somebody into a state without the steps that lead to it, and gives its digest. */
export async function storeVersion(
  url: string,
  {
    documents,
    state,
    author = "operator-platform-admin",
  }: { documents: readonly PolicyFile[]; state: string; author?: string },
): Promise<string> {
  const pool = createPool({ url, max: 1 });
  const digest = digestOf(documents);
  const { id } = requireDemoCaller(author);
  try {
    await createPolicyVersions(pool).add({
      added: { digest, documents, note: null },
      made: { by: id, via: "API", at: TEMPLATE_NOW, mutation: null },
    });
    await pool.query("update policy_version set state = $2 where digest = $1", [digest, state]);
    return digest;
  } finally {
    await pool.end();
  }
}

/** Runs statements as the database's owner, past the triggers that keep what is stored. */
export async function tamper(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(`begin; set local session_replication_role = replica; ${sql}; commit`);
    // The triggers that tell of changes were passed as well.
    await client.query("update change_count set changes = changes + 1");
  } finally {
    await client.end();
  }
}

export const SUBMIT = `mutation ($input: SubmitPolicyInput!) {
  submitPolicy(input: $input) { policyVersion { digest state version } faults { file line message } }
}`;
export const TEST = `mutation ($input: TestPolicyInput!) {
  testPolicy(input: $input) { policyVersion { state version report { cases failed { message } mutants noticed findings { message } } } }
}`;
export const APPROVE = `mutation ($input: PolicyStepInput!) {
  approvePolicy(input: $input) { policyVersion { state version approver { name } } }
}`;
export const ACTIVATE = `mutation ($input: ActivatePolicyInput!) {
  activatePolicy(input: $input) { policyVersion { state version history { step by { name } } } }
}`;
export const RETIRE = `mutation ($input: PolicyStepInput!) {
  retirePolicy(input: $input) { policyVersion { state version } }
}`;
