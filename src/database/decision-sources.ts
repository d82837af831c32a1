import type { Pool } from "pg";
import { ask } from "./ask.ts";

/** The rule attributes of a customer in one state, as the database wrote them down. */
export interface CustomerState {
  readonly customerId: string;
  /** Name of the state, as records and the row have it. */
  readonly circumstances: string;
  /** What the state was digested with. */
  readonly salt: Buffer;
  /** JSON of all attributes. */
  readonly body: string;
}

/** What records of the decision log name and do not hold. */
export interface DecisionSources {
  /** Names of principals, as they are now; who is gone has none. */
  namesOf(principalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The state of a caller by its digest, as JSON; null where there is none. */
  callerStates(digests: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * States of customers by customer and name, the present ones among them; those of destroyed
   * customers are gone. They must not be told, but for what the asker may see of them.
   */
  customerStates(
    wanted: readonly { readonly customerId: string; readonly circumstances: string }[],
  ): Promise<readonly CustomerState[]>;
}

const NAMES = "SELECT id, name FROM principal WHERE id = ANY ($1::uuid[])";

const CALLERS = "SELECT digest, body FROM decision_caller WHERE digest = ANY ($1::text[])";

const STATES = `
  SELECT c.id AS "customerId", c.circumstances, c.circumstances_salt AS salt,
         customer_circumstances_body(c) AS body
    FROM unnest($1::uuid[], $2::text[]) AS w (id, circumstances)
    JOIN customer c ON c.id = w.id AND c.circumstances = w.circumstances AND c.state <> 'DESTROYED'
   UNION ALL
  SELECT s.customer_id, s.circumstances, s.salt, s.body
    FROM unnest($1::uuid[], $2::text[]) AS w (id, circumstances)
    JOIN customer_circumstances s ON s.customer_id = w.id AND s.circumstances = w.circumstances`;

/** Looks things up on the primary database. All of it may throw SERVICE_UNAVAILABLE. */
export function createDecisionSources(primary: Pool): DecisionSources {
  return {
    async namesOf(ids) {
      const query = { name: "names-of-principals", text: NAMES, values: [ids] };
      const { rows } = await ask<{ id: string; name: string }>(primary, query);
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async callerStates(digests) {
      const query = { name: "states-of-callers", text: CALLERS, values: [digests] };
      const { rows } = await ask<{ digest: string; body: string }>(primary, query);
      return new Map(rows.map(({ digest, body }) => [digest, body]));
    },
    async customerStates(wanted) {
      const values = [
        wanted.map(({ customerId }) => customerId),
        wanted.map(({ circumstances }) => circumstances),
      ];
      const query = { name: "states-of-customers", text: STATES, values };
      return (await ask<CustomerState>(primary, query)).rows;
    },
  };
}
