import { randomBytes } from "node:crypto";
import pg from "pg";
import {
  SERVED_TEMPLATE_DATABASE,
  TEMPLATE_DATABASE,
  databaseUrl,
  testServerUrl,
} from "./test-server.ts";

/** A database that only one test file uses. */
export interface FreshDatabase {
  readonly url: string;
  /** Removes it, whoever is still connected. */
  readonly drop: () => Promise<void>;
}

/** Copies of one template at the same time would refuse each other; any number will do. */
const copyLock = 20_230_920;

/** Makes a database of one's own: migrated and seeded, or with nothing in it, or ready for a server. */
export async function freshDatabase(
  options: { empty?: boolean; forServer?: boolean } = {},
): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const seeded = options.forServer === true ? SERVED_TEMPLATE_DATABASE : TEMPLATE_DATABASE;
  const template = options.empty === true ? "template0" : seeded;
  await onServer(async (admin) => {
    await admin.query("SELECT pg_advisory_lock($1)", [copyLock]);
    // Files are copied as they are, which takes half as long as to write every page to the log as well.
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  });
  const drop = (): Promise<void> =>
    onServer(
      async (admin) => void (await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
    );
  return { url: databaseUrl(name), drop };
}

async function onServer(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client(testServerUrl());
  await admin.connect();
  try {
    await work(admin);
  } finally {
    // Ends the session, and with it the lock.
    await admin.end();
  }
}
