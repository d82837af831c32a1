import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createApp } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { databaseUrl, testMasterKeyFile } from "../support/test-server.ts";
import { type FreshDatabase, freshDatabase } from "../support/fresh-database.ts";

let database: FreshDatabase;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "custodia-policy-fault-"));
  cpSync(join(import.meta.dirname, "../../policies"), join(folder, "policies"), {
    recursive: true,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** Starts the application on the policies of this test; it must not come up. */
async function start(): Promise<unknown> {
  const config = loadConfig({
    PORT: "0",
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    MASTER_KEY_FILE: testMasterKeyFile(),
    POLICY_DIR: join(folder, "policies"),
    LOG_LEVEL: "silent",
  });
  const app = await createApp({ config, seed: null });
  await app.close();
  return app;
}

function document(name: string): string {
  return join(folder, "policies", name);
}

function replace(name: string, from: string, to: string): void {
  const text = readFileSync(document(name), "utf8");
  expect(text).toContain(from);
  writeFileSync(document(name), text.replace(from, to));
}

async function connections(): Promise<number> {
  const admin = new pg.Client(databaseUrl("postgres"));
  await admin.connect();
  const name = new URL(database.url).pathname.slice(1);
  const { rows } = await admin.query(
    "select count(*)::int as open from pg_stat_activity where datname = $1",
    [name],
  );
  await admin.end();
  return rows[0].open;
}

/** Faults that would widen what is read if they were passed over. */
const FAULTS: readonly (readonly [string, () => void])[] = [
  [
    "a stop with a misspelt word",
    () => replace("stops/state.yaml", "at-most: NONE", "at-mots: NONE"),
  ],
  ["a stop with an unknown attribute", () => replace("stops/state.yaml", "ageBand:", "ageBnad:")],
  [
    "a stop with an unknown class",
    () => replace("stops/context.yaml", "[SENSITIVE]", "[SENSITVE]"),
  ],
  [
    "a stop with an unknown level",
    () => replace("stops/state.yaml", "at-most: NONE", "at-most: NOTHING"),
  ],
  [
    "a stop with a reference to nothing",
    () => replace("stops/token.yaml", "$caller.fieldCeiling", "$caller.ceiling"),
  ],
  [
    "a row rule without a condition that is one",
    () =>
      replace(
        "rows.yaml",
        "controllerId: $caller.organisationId",
        "controllerId: { ne: 1, of: 2 }",
      ),
  ],
  [
    "a grant with an unknown category",
    () =>
      replace(
        "roles/cs-agent.yaml",
        "[NAME, CONTACT, BEHAVIOUR, GOVERNANCE]",
        "[NAME, EVERYTHING]",
      ),
  ],
  [
    "a grant for an unknown purpose",
    () => replace("roles/cs-agent.yaml", "[SERVICE_DELIVERY]", "[SERVICE]"),
  ],
  ["two rules of one name", () => replace("stops/state.yaml", "id: sealed", "id: destroyed")],
  ["a document that is no YAML", () => appendFileSync(document("rows.yaml"), "\n  - id: [")],
  ["a key twice", () => appendFileSync(document("roles/cs-agent.yaml"), "\nrole: CS_AGENT\n")],
  [
    "a document of an unknown kind",
    () => writeFileSync(document("extra.yaml"), "everybody: CLEAR\n"),
  ],
  ["no purposes", () => unlinkSync(document("purposes.yaml"))],
  [
    "no documents at all",
    () => {
      rmSync(join(folder, "policies"), { recursive: true });
      mkdirSync(join(folder, "policies"));
    },
  ],
];

/** The database notices a closed connection a moment after we have closed it. */
async function connectionsLeft(): Promise<number> {
  for (let attempt = 0; attempt < 50 && (await connections()) > 0; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return connections();
}

test.each(FAULTS)("%s: the process does not start, and nothing is served", async (_name, spoil) => {
  spoil();
  await expect(start()).rejects.toMatchObject({ name: "PolicyFaults" });
  expect(await connectionsLeft()).toBe(0);
});

test("a folder that is not there: the process does not start either", async () => {
  rmSync(join(folder, "policies"), { recursive: true });
  await expect(start()).rejects.toMatchObject({ code: "ENOENT" });
});

test("the same policies without a fault are served", async () => {
  await expect(start()).resolves.toBeDefined();
});
