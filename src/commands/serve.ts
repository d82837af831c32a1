import cluster from "node:cluster";
import { Command } from "commander";
import type { App, Opening } from "../app.ts";
import { type Config, loadConfig } from "../config.ts";
import { openDatabase } from "../database/open-database.ts";
import { explainListenError } from "../http/explain-listen-error.ts";
import { fileMasterKey } from "../sealing/file-master-key.ts";
import type { Serving } from "../worker-processes.ts";
import { endInTime } from "./end-in-time.ts";
import { seedEmptyDatabase } from "./seed-empty-database.ts";
import { stopSignal } from "./stop-signal.ts";
import { welcome } from "./welcome.ts";

/** `custodia serve`: migrates, seeds an empty development database, and serves until it is told to stop. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("migrate, seed an empty development database, and serve the API")
    .action(() =>
      serve(loadConfig()).finally(() => {
        // The channel to its primary process would keep a worker alive once it has said why it ends.
        if (cluster.isWorker) setImmediate(() => process.exit());
      }),
    );
}

async function serve(config: Config): Promise<void> {
  const startedAt = performance.now();
  if (config.workers > 1 && cluster.isPrimary) {
    const { serveInProcesses } = await import("./serve-in-processes.ts");
    return serveInProcesses(config, startedAt);
  }
  const opening = await startOpening(config);
  // Not before it is wanted: other commands begin in half the time without a server.
  const { createApp } = await import("../app.ts");
  const app = await createApp({
    config,
    opening,
    // What has a primary process finds its database filled.
    seed: config.mode === "production" || cluster.isWorker ? null : seedEmptyDatabase,
  });
  const address = await listen(app, config);
  const serving = {
    address,
    policyVersion: app.services.policy.current().policy.version,
    hasDemoCallers: app.developmentIssuer !== null,
  };
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  if (cluster.isPrimary) process.stdout.write(welcome({ ...serving, seconds }));
  else process.send?.({ serving } satisfies Serving);
  await stopSignal();
  endInTime(config.shutdownGraceMs);
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
