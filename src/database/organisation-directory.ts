import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import type { Organisation } from "../organisations/organisation.entity.ts";
import { createRunner } from "./run-statement.ts";
import { canHold } from "./sql-kind.ts";

/** Less than the second after which a change has to hold everywhere, to leave time for the query. */
const TIME_TO_LIVE_MS = 900;
const REMEMBERED_MAX = 10_000;

/** Where organisations are looked up: reference data, the same for every caller. */
export interface OrganisationDirectory {
  byId(id: string): Promise<Organisation | null>;
  byCode(code: string): Promise<Organisation | null>;
}

/**
 * Looks organisations up. Questions of one tick share a statement, and answers are remembered for
 * less than a second; both may be shared by all requests, because nobody sees another directory.
 */
export function createOrganisationDirectory(
  pool: Pool,
  { onStatement }: { onStatement?: (sql: string) => void } = {},
): OrganisationDirectory {
  const run = createRunner({ pool, ...(onStatement === undefined ? {} : { onStatement }) });
  const loaderBy = (column: "id" | "code") => {
    const kind = column === "id" ? "uuid" : "text";
    const text = `select id, code, name, financial, operator from organisation where ${column} = any($1::${kind}[])`;
    return new DataLoader(
      async (keys: readonly string[]) => {
        const rows = await run({ text, values: [keys.filter((key) => canHold(kind, key))] });
        const found = rows.map(
          ([id, code, name, isFinancial, isOperator]) =>
            ({ id, code, name, isFinancial, isOperator }) as Organisation,
        );
        const byKey = new Map(found.map((organisation) => [organisation[column], organisation]));
        return keys.map((key) => byKey.get(key) ?? null);
      },
      { cacheMap: new LRUCache({ max: REMEMBERED_MAX, ttl: TIME_TO_LIVE_MS }) },
    );
  };
  const byId = loaderBy("id");
  const byCode = loaderBy("code");
  return {
    byId: (id) => byId.load(id),
    byCode: (code) => byCode.load(code),
  };
}

/** True for a database in which nobody has registered an organisation yet. */
export async function hasNoOrganisation(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query("SELECT 1 FROM organisation LIMIT 1");
  return rows.length === 0;
}
