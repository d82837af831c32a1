import { Command } from "commander";
import type { App, Opening } from "../app.ts";
import { type Config, loadConfig } from "../config.ts";
import { openDatabase } from "../database/open-database.ts";
import { explainListenError } from "../http/explain-listen-error.ts";
import { fileMasterKey } from "../sealing/file-master-key.ts";
import { seedEmptyDatabase } from "./seed-empty-database.ts";
import { welcome } from "./welcome.ts";

/** A second signal within this time is the first one again: terminals send it to the whole group. */
const SAME_SIGNAL_MS = 500;

/** `custodia serve`: migrates, seeds an empty development database, and serves until it is told to stop. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("migrate, seed an empty development database, and serve the API")
    .action(() => serve(loadConfig()));
}

async function serve(config: Config): Promise<void> {
  const startedAt = performance.now();
  const opening = await startOpening(config);
  // Not before it is wanted: other commands begin in half the time without a server.
  const { createApp } = await import("../app.ts");
  const app = await createApp({
    config,
    opening,
    seed: config.mode === "production" ? null : seedEmptyDatabase,
  });
  const address = await listen(app, config);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(await welcome({ app, address, seconds }));
  await stopSignal();
  await app.close();
}

/** Loading what serves takes about as long as the database, which has a process of its own. */
async function startOpening(config: Config): Promise<Opening> {
  const isProduction = config.mode === "production";
  const masterKey = fileMasterKey({ path: config.masterKeyFile, create: !isProduction });
  const started = Promise.withResolvers<void>();
  const database = openDatabase(config, { mayShare: false, onStarting: started.resolve });
  // Whoever waits for the database is told what went wrong.
  await Promise.race([started.promise, database]).catch(() => undefined);
  return { masterKey, database };
}

async function listen(app: App, config: Config): Promise<string> {
  try {
    return await app.listen();
  } catch (error) {
    await app.close();
    throw explainListenError({ error, host: config.host, port: config.port });
  }
}

/** Resolves at the first SIGINT or SIGTERM; a later one ends the process at once. */
function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let firstAt: number | null = null;
  const stop = (): void => {
    const now = performance.now();
    if (firstAt === null) {
      firstAt = now;
      resolve();
    } else if (now - firstAt > SAME_SIGNAL_MS) {
      process.exit(1);
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return promise;
}
