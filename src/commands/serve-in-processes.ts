import type { Config } from "../config.ts";
import { openDatabase } from "../database/open-database.ts";
import { fillDatabase } from "../fill-database.ts";
import { createLogger } from "../http/logger.ts";
import { shareMetrics } from "../http/worker-metrics.ts";
import { fileMasterKey } from "../sealing/file-master-key.ts";
import { WorkerProcesses } from "../worker-processes.ts";
import { seedEmptyDatabase } from "./seed-empty-database.ts";
import { stopSignal } from "./stop-signal.ts";
import { welcome } from "./welcome.ts";

/**
 * Serves with several processes: this one opens the database, brings it up to date, fills an empty one,
 * and looks after the others, which do everything else.
 */
export async function serveInProcesses(config: Config, startedAt: number): Promise<void> {
  const logger = createLogger({ level: config.logLevel });
  const isProduction = config.mode === "production";
  const masterKey = fileMasterKey({ path: config.masterKeyFile, create: !isProduction });
  const database = await openDatabase(config, { mayShare: false });
  const workers = new WorkerProcesses({
    count: config.workers,
    env: { DATABASE_URL: database.url },
    onEnd: ({ worker, code, signal, pauseMs }) =>
      logger.error({ pid: worker.process.pid, code, signal, pauseMs }, "a process ended"),
  });
  try {
    const seed = isProduction ? null : seedEmptyDatabase;
    await fillDatabase({ database, masterKey, seed, now: new Date() });
    shareMetrics();
    const serving = await workers.start();
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    process.stdout.write(welcome({ ...serving, seconds }));
    await stopSignal();
  } finally {
    await workers.stop(config.shutdownGraceMs);
    await database.close();
  }
}
