import pg, { type Pool } from "pg";
import { loadCatalog } from "../../../src/catalog.ts";
import { fieldIn, typeIn } from "../../../src/classification/catalog.ts";
import { migrateUp } from "../../../src/database/migrate.ts";
import { createPool } from "../../../src/database/pool.ts";
import { readPage } from "../../../src/database/read-statements.ts";
import { DEMO_ORGANISATIONS } from "../../../src/identity/demo-organisations.ts";
import type { Condition } from "../../../src/policy/condition.ts";
import { databaseUrl, testServerUrl } from "../../support/test-server.ts";

const catalog = loadCatalog();
const type = typeIn(catalog, "Customer");

const NAME = "names_in_another_order";

let pool: Pool;
beforeAll(async () => {
  // Under the order of a language, an index of that order can't find what a text begins with.
  await onServer(`create database ${NAME} template template0 locale_provider icu icu_locale 'zh'`);
  pool = createPool({ url: databaseUrl(NAME), max: 1 });
  await migrateUp(pool);
  await pool.query(
    `insert into customer (id, controller_id, full_name, kind, jurisdiction, age_band, circumstances, circumstances_salt)
     select gen_random_uuid(), $1, md5(n::text), 'INDIVIDUAL', 'CN', 'ADULT', 'circumstances', '\\x00' from generate_series(1, 5000) n`,
    [DEMO_ORGANISATIONS.transferor.id],
  );
  await pool.query("analyze customer");
});
afterAll(async () => {
  await pool.end();
  await onServer(`drop database ${NAME} with (force)`);
});

async function onServer(sql: string): Promise<void> {
  const admin = new pg.Client(testServerUrl());
  await admin.connect();
  await admin.query(sql);
  await admin.end();
}

/** How the database would read a page of one organisation's customers whose name begins so. */
async function planFor(beginning: string): Promise<string> {
  const visible: Condition = {
    kind: "compare",
    attribute: "controllerId",
    operator: "eq",
    value: DEMO_ORGANISATIONS.transferor.id,
  };
  const { statement } = readPage(catalog, {
    request: { type, visible, needs: { parts: new Map(), attributes: [] } },
    page: {
      filter: {
        kind: "test",
        field: fieldIn(type, "fullName"),
        operator: "startsWith",
        value: beginning,
      },
      order: [],
      limit: 21,
      from: null,
      backwards: false,
    },
  });
  const { rows } = await pool.query<Record<string, string>>(`explain ${statement.text}`, [
    ...statement.values,
  ]);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

test.each(["欧阳静", "Müller, A", "100%_"])(
  "names that begin with %s are found in an index, not by reading the ledger",
  async (beginning) => {
    const plan = await planFor(beginning);
    expect(plan).toContain("customer_name_prefix");
    // Both ends of the stretch, in the order of code points.
    expect(plan).toMatch(/Index Cond: .*~>=~.*~<~/);
  },
);
