import { LRUCache } from "lru-cache";
import type { ClientBase, Pool } from "pg";
import type { DecisionSink } from "../audit/decision-writer.ts";
import { ask } from "./ask.ts";
import { inboxColumns } from "./inbox-columns.ts";
import { textArray } from "./text-array.ts";
import { inTransaction } from "./transaction.ts";

/** States of callers that are known to be stored already. */
const MOST_KNOWN_STATES = 20_000;

/**
 * Durable whatever the server's default is: the setting holds for the transaction that the statement is.
 * It stands where it must be evaluated.
 */
const DURABLY = `(SELECT set_config('synchronous_commit', 'on', true)) AS durable`;

const CALLERS = `
  INSERT INTO decision_caller (digest, body)
  SELECT given.digest, given.body FROM unnest($4::text[], $5::text[]) AS given (digest, body)
      ON CONFLICT (digest) DO NOTHING`;

const RECORDS = `
  INSERT INTO decision_inbox (id, body, columns)
  SELECT given.id::uuid, given.body, given.columns
    FROM unnest($1::text[], $2::text[], $3::text[]) AS given (id, body, columns), ${DURABLY}`;

const RECORDS_WITH_CALLERS = `
  WITH states AS (${CALLERS}) ${RECORDS} ON CONFLICT (id) DO NOTHING`;

/**
 * A try whose end nobody heard may have committed, and its records may be sealed by now. With sealers
 * kept out of the inbox, nobody takes a record out of it between the question and the insert.
 */
const KEEP_SEALERS_OUT = "LOCK TABLE decision_inbox IN SHARE ROW EXCLUSIVE MODE";
const RECORDS_AGAIN = `
  WITH states AS (${CALLERS}) ${RECORDS}
   WHERE NOT EXISTS (SELECT FROM decision d WHERE d.id = given.id::uuid) ON CONFLICT (id) DO NOTHING`;

/** Writes records into the inbox of the primary database, in one statement that is its own transaction. */
export function createDecisionInbox(pool: Pool): DecisionSink {
  const known = new LRUCache<string, true>({ max: MOST_KNOWN_STATES });
  return {
    async write({ records, callers, isRepeated }) {
      const given = [
        textArray(records.map(({ id }) => id)),
        textArray(records.map(({ body }) => body)),
        textArray(records.map(({ columns }) => (columns == null ? null : inboxColumns(columns)))),
      ];
      const fresh = isRepeated ? callers : callers.filter(({ digest }) => !known.has(digest));
      const states = [fresh.map(({ digest }) => digest), fresh.map(({ text }) => text)];
      if (isRepeated) {
        const query = { text: RECORDS_AGAIN, values: [...given, ...states] };
        await inTransaction(pool, async (client: ClientBase) => {
          await ask(client, { text: KEEP_SEALERS_OUT });
          await ask(client, query);
        });
      } else if (fresh.length === 0) {
        await ask(pool, { name: "log-records", text: RECORDS, values: given });
      } else {
        const values = [...given, ...states];
        await ask(pool, { name: "log-records-and-callers", text: RECORDS_WITH_CALLERS, values });
      }
      for (const { digest } of fresh) known.set(digest, true);
    },
  };
}
