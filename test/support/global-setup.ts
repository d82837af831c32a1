import { randomInt } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedServer } from "../../src/database/embedded-server.ts";
import { createRunFolder, removeAbandonedRunFolders, removeRunFolder } from "./run-folder.ts";
import { fillTemplate, prepareForServers } from "./template.ts";
import { SERVED_TEMPLATE_DATABASE, TEMPLATE_DATABASE, databaseUrl } from "./test-server.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Starts the run's one server and fills the database that every test's own is copied from. */
export default async function globalSetup(): Promise<void> {
  removeAbandonedRunFolders();
  const runFolder = createRunFolder();
  // Whatever ends this process, a crash included.
  process.once("exit", () => removeRunFolder(runFolder));
  // Jest runs no teardown when it is interrupted.
  for (const signal of signals) process.once(signal, () => process.exit(1));
  // What tests put into temporary folders goes with the run's.
  process.env["TMPDIR"] = join(runFolder, "tmp");
  mkdirSync(process.env["TMPDIR"]);
  process.env["CUSTODIA_SEED"] ??= String(randomInt(2 ** 31));
  process.env["CUSTODIA_PROPERTY_LOG"] = join(runFolder, "properties.ndjson");
  const server = await startEmbeddedServer({
    dataDirectory: runFolder,
    durable: false,
    outsideFolder: join(runFolder, "outside"),
  });
  globalThis.stopTestServer = server.stop;
  // Workers are started after this and inherit it.
  process.env["CUSTODIA_TEST_SERVER"] = server.url;
  const masterKeyFile = join(runFolder, "master.key");
  process.env["CUSTODIA_TEST_MASTER_KEY"] = masterKeyFile;
  await createTemplate({ serverUrl: server.url, masterKeyFile });
}

async function createTemplate({
  serverUrl,
  masterKeyFile,
}: {
  serverUrl: string;
  masterKeyFile: string;
}): Promise<void> {
  const admin = new pg.Client(serverUrl);
  await admin.connect();
  try {
    await cheapenSignIn(admin, serverUrl);
    await admin.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
    await fillTemplate({ url: databaseUrl(TEMPLATE_DATABASE), masterKeyFile });
    await admin.query(`CREATE DATABASE ${SERVED_TEMPLATE_DATABASE} TEMPLATE ${TEMPLATE_DATABASE}`);
    await prepareForServers(databaseUrl(SERVED_TEMPLATE_DATABASE));
    // Nobody may connect any more: PostgreSQL refuses to copy a database that is in use.
    for (const name of [TEMPLATE_DATABASE, SERVED_TEMPLATE_DATABASE])
      await admin.query(`ALTER DATABASE ${name} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  } finally {
    await admin.end();
  }
}

/** Tests open thousands of connections, and both ends stretch the password 4,096 times for each. */
async function cheapenSignIn(admin: pg.Client, serverUrl: string): Promise<void> {
  const { username, password } = new URL(serverUrl);
  await admin.query("SET scram_iterations = 1");
  await admin.query(
    `ALTER ROLE ${pg.escapeIdentifier(username)} PASSWORD ${pg.escapeLiteral(password)}`,
  );
}
