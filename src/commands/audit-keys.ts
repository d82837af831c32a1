import type { Command } from "commander";
import type { Pool } from "pg";
import { isDamage } from "../audit/log-integrity.ts";
import { type Config, loadConfig } from "../config.ts";
import { rotateLogKey } from "../database/log-key-rotation.ts";
import { beginLog } from "../database/log-keys.ts";
import { createLogProofs } from "../database/log-proofs.ts";
import { migrateUp } from "../database/migrate.ts";
import { openDatabase } from "../database/open-database.ts";
import { BootError } from "../lib/boot-error.ts";
import { fileMasterKey } from "../sealing/file-master-key.ts";
import type { MasterKey } from "../sealing/master-key.ts";
import { auditStep } from "./audit-options.ts";

/** `custodia audit keys`: the keys that verify the log, one a line. */
export function auditKeysCommand(): Command {
  return auditStep("keys")
    .description("list the keys that verify the decision log and its witnesses, with their times")
    .action(() =>
      withLog(async ({ pool }) => {
        for (const { kind, validFrom, validTo, verifierKey } of await createLogProofs(
          pool,
        ).keys()) {
          const until = validTo?.toISOString() ?? "now";
          process.stdout.write(`${kind}\t${validFrom.toISOString()}\t${until}\t${verifierKey}\n`);
        }
      }),
    );
}

/** `custodia audit rotate-key`: another key signs from now on. */
export function rotateKeyCommand(): Command {
  return auditStep("rotate-key")
    .description(
      "make a new key sign the decision log from now on; the newest checkpoint is signed by both",
    )
    .action(() =>
      withLog(async ({ pool, masterKey }) => {
        const { from, to, note } = await rotateLogKey({ pool, masterKey });
        process.stdout.write(`retired\t${from?.text ?? "none"}\nactive\t${to.text}\n`);
        process.stdout.write(note === null ? "nothing is sealed yet\n" : `\n${note}`);
      }),
    );
}

async function withLog(
  work: (log: { pool: Pool; masterKey: MasterKey; config: Config }) => Promise<void>,
): Promise<void> {
  const config = loadConfig();
  const database = await openDatabase(config, { mayShare: true });
  try {
    const { pool } = database;
    await migrateUp(pool);
    const masterKey = fileMasterKey({
      path: config.masterKeyFile,
      create: config.mode !== "production",
    });
    await beginLog({ pool, masterKey, name: config.auditLogName });
    await work({ pool, masterKey, config });
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new BootError(`The decision log is damaged, and no key signs it: ${error.message}.`);
  } finally {
    await database.close();
  }
}
