import type { Pool } from "pg";
import type { RoleHolder } from "../policy/lock-out.ts";
import { ask } from "./ask.ts";
import type { PolicyActor, PolicyStep, PolicyVersionRecord } from "./policy-version-record.ts";
import {
  findPolicyVersion,
  recordOf,
  SELECT_VERSION,
  type VersionRow,
} from "./policy-version-rows.ts";
import {
  addPolicyVersion,
  changePolicyVersion,
  type Made,
  type NewPolicyVersion,
  type NextStep,
  type Standing,
} from "./policy-version-writer.ts";

/** Where versions of the policy are kept; always the primary database. */
export interface PolicyVersions {
  /** The version with its documents, or null. */
  find(digest: string): Promise<PolicyVersionRecord | null>;
  /** At most two versions whose digest begins like this: enough to know that it is not one's alone. */
  startingWith(start: string): Promise<PolicyVersionRecord[]>;
  /** The one that is ACTIVE, or null. */
  active(): Promise<PolicyVersionRecord | null>;
  /** The newest first, after one of them. */
  list(asked: { after: string | null; limit: number }): Promise<PolicyVersionRecord[]>;
  count(): Promise<number>;
  /** Everything that was done to these versions, the earliest first. */
  stepsOf(digests: readonly string[]): Promise<PolicyStep[]>;
  /** People of the operator who may call, with the roles that hold for them at that time. */
  roleHolders(at: Date): Promise<RoleHolder[]>;
  /** @throws INVALID_STATE where it is stored already, IDEMPOTENCY_CONFLICT */
  add(asked: { added: NewPolicyVersion; made: Made }): Promise<void>;
  /** @throws NOT_FOUND, IDEMPOTENCY_CONFLICT, and whatever `next` refuses with */
  change(asked: {
    digest: string;
    made: Made;
    next: (standing: Standing) => NextStep;
  }): Promise<void>;
}

const AFTER = `${SELECT_VERSION}
   WHERE $1::text IS NULL
      OR (v.created_at, v.digest) < (SELECT created_at, digest FROM policy_version WHERE digest = $1)
   ORDER BY v.created_at DESC, v.digest DESC LIMIT $2`;

const STEPS = `
  SELECT s.digest, s.step, s.state, s.version, s.made_at AS at, s.via, s.note, p.id, p.name
    FROM policy_version_step s LEFT JOIN principal p ON p.id = s.principal_id
   WHERE s.digest = ANY ($1::text[]) ORDER BY s.made_at, s.version`;

const ROLE_HOLDERS = `
  SELECT p.id, array_agg(a.role) AS roles
    FROM role_assignment a
    JOIN principal p ON p.id = a.principal_id
    JOIN organisation o ON o.id = p.organisation_id
   WHERE p.kind = 'PERSON' AND p.state = 'ACTIVE' AND o.state = 'ACTIVE' AND o.operator
     AND a.valid_from <= $1 AND (a.valid_to IS NULL OR a.valid_to > $1)
   GROUP BY p.id`;

type StepRow = Omit<PolicyStep, "by"> & { readonly id: string | null; readonly name: string };

/** Reads and changes the stored versions of the policy. */
export function createPolicyVersions(primary: Pool): PolicyVersions {
  return {
    async find(digest) {
      return findPolicyVersion(primary, digest);
    },
    async startingWith(start) {
      const text = `${SELECT_VERSION} WHERE starts_with(v.digest, $1) LIMIT 2`;
      const { rows } = await ask<VersionRow>(primary, { text, values: [start] });
      return rows.map(recordOf);
    },
    async active() {
      const text = `${SELECT_VERSION} WHERE v.state = 'ACTIVE'`;
      const { rows } = await ask<VersionRow>(primary, { name: "active-policy-version", text });
      return rows[0] === undefined ? null : recordOf(rows[0]);
    },
    async list({ after, limit }) {
      const values = [after, limit];
      const { rows } = await ask<VersionRow>(primary, { text: AFTER, values });
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
    async roleHolders(at) {
      const { rows } = await ask<RoleHolder>(primary, { text: ROLE_HOLDERS, values: [at] });
      return rows;
    },
    add: (asked) => addPolicyVersion(primary, asked),
    change: (asked) => changePolicyVersion(primary, asked),
  };
}

function actorOf(id: string | null, name: string): PolicyActor | null {
  return id === null ? null : { id, name };
}
