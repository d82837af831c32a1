import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type ImportWorld, importWorld } from "../../support/import-world.ts";
import { ledgerPath } from "../../support/judge-ledger.ts";
import { testMasterKeyFile } from "../../support/test-server.ts";

/** The built command: `npm test` builds it before it runs anything. */
const cli = join(import.meta.dirname, "../../../dist/src/cli.js");
const isBuilt = existsSync(cli);
const testWithBuild = isBuilt ? test : test.skip;
const claim = isBuilt ? "" : " (skipped: dist is not built; npm test builds it)";

const folder = mkdtempSync(join(tmpdir(), "custodia-import-command-"));
const masterKeyFile = testMasterKeyFile();
const report = join(folder, "report.csv");
let world: ImportWorld;

beforeAll(async () => {
  world = await importWorld({ masterKeyFile });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

function startImport(file: string, ...options: string[]): ChildProcess {
  const words = ["import", file, "--organisation", world.organisationCode, ...options];
  const env = {
    ...process.env,
    DATABASE_URL: world.databaseUrl,
    MASTER_KEY_FILE: masterKeyFile,
    DATA_DIR: folder,
  };
  // A report without a name of its own goes into the working folder.
  return spawn(process.execPath, [cli, ...words], {
    env,
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function runImport(
  file: string,
  ...options: string[]
): Promise<{ code: number; said: string }> {
  const child = startImport(file, ...options);
  let said = "";
  child.stdout?.on("data", (text) => (said += text));
  child.stderr?.on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  return { code, said };
}

async function writeLedger(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write("customerNo,kind,fullName,phone\n");
  for (let row = 1; row <= rows; row++)
    file.write(`R${row},INDIVIDUAL,Anna ${row},+4930${900_000 + row}\n`);
  file.end();
  await once(file, "finish");
}

async function rowsIn(query: string): Promise<number> {
  const { rows } = await world.pool.query(`SELECT count(*)::int AS count FROM ${query}`);
  return rows[0].count;
}

testWithBuild(
  `killed without warning, an import goes on and ends as if nothing had happened${claim}`,
  async () => {
    const ledger = join(folder, "many.csv");
    const ours = `customer WHERE controller_id = '${world.organisationId}'`;
    await writeLedger(ledger, 6_000);
    const child = startImport(ledger, "--report", report, "--batch-size", "100");
    while ((await rowsIn("import_progress WHERE rows_done >= 500")) === 0) await wait(20);
    child.kill("SIGKILL");
    await once(child, "close");
    const whenKilled = await rowsIn(ours);
    expect(whenKilled).toBeLessThan(6_000);

    const { code, said } = await runImport(ledger, "--report", report, "--batch-size", "100");
    expect(said).toMatch(/ACCEPTED +6,000\n[^]*Went on behind row/u);
    expect(code).toBe(0);
    expect(await rowsIn(ours)).toBe(6_000);
    expect(await rowsIn(`customer_event WHERE customer_id IN (SELECT id FROM ${ours})`)).toBe(
      6_000,
    );
    const rows = readFileSync(report, "utf8").trimEnd().split("\n").slice(1);
    expect(rows.map((line) => Number(line.split(",")[0]))).toEqual(
      rows.map((_, index) => index + 1),
    );
  },
);

testWithBuild(
  `exit code 2 says that rows were refused, 1 that the import failed${claim}`,
  async () => {
    const refused = await runImport(ledgerPath("small-ledger.csv"), "--dry-run");
    expect(refused).toMatchObject({
      code: 2,
      said: expect.stringMatching(/REJECTED +\d+\n[^]*Nothing was written/u),
    });
    expect(await runImport(join(folder, "none.csv"))).toEqual({
      code: 1,
      said: `${join(folder, "none.csv")}: there is no such file.\n`,
    });
  },
);

testWithBuild(`what the command sealed opens for whoever holds the keys${claim}`, async () => {
  const ledger = ledgerPath("small-ledger.csv");
  expect((await runImport(ledger, "--report", report)).code).toBe(2);
  const altered = join(folder, "altered.csv");
  writeFileSync(altered, readFileSync(ledger, "utf8").replace("+86 139-0013-9000", "13900139001"));
  // A change names the fields that differ, for which every stored value is opened.
  expect((await world.read(altered)).counts).toMatchObject({ ACCEPTED: 1 });
  const { rows } = await world.pool.query(
    "SELECT changed_fields FROM customer_event WHERE kind = 'UPDATED'",
  );
  expect(rows).toEqual([{ changed_fields: ["phone"] }]);
});
