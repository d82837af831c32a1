import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { BootError } from "../lib/boot-error.ts";
import { clusterExists, createCluster, superuser } from "./embedded/cluster.ts";
import { liveServer, waitForEarlierServer } from "./embedded/earlier-server.ts";
import { freePort } from "./embedded/free-port.ts";
import { keepPort, keptPassword, keptPort } from "./embedded/kept-files.ts";
import { type Placement, placeServer } from "./embedded/placement.ts";
import { type Postmaster, startPostmaster } from "./embedded/postmaster.ts";
import { openServerLog } from "./embedded/server-log.ts";
import { serverSettings } from "./embedded/server-settings.ts";
import { explainFileErrors } from "./embedded/explain-file-errors.ts";

/** How an embedded server is started. */
export interface EmbeddedServerOptions {
  /** Folder for the cluster, its password, port and log; made when missing. */
  readonly dataDirectory: string;
  /** Port on 127.0.0.1; undefined or 0: that of the last start if it is free, otherwise any free one. */
  readonly port?: number;
  /** False gives up surviving a crash of the machine for speed: for tests only. */
  readonly durable?: boolean;
  /** Where root keeps what the server's account cannot reach; only root below a closed folder needs it. */
  readonly outsideFolder?: string;
  /** Called when the server has been set going: until it is ready there is time for other things. */
  readonly onStarting?: (() => void) | undefined;
}

/** A PostgreSQL server that lives as long as this process. */
export interface EmbeddedServer {
  /** Connection string of the superuser, password included. */
  readonly url: string;
  /** The folder that really holds the cluster. */
  readonly clusterFolder: string;
  /** Disconnects everybody and ends the server; may be called twice. */
  readonly stop: () => Promise<void>;
}

const defaultOutsideFolder = "/var/lib/custodia";
const attempts = 3;

/**
 * Starts PostgreSQL from the binaries that npm installed, making the cluster at the first start. It
 * ends with `stop()` and also, on its own, when this process ends in any way.
 *
 * @throws BootError with one line when the folder, the account or another server is in the way
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  return explainFileErrors(options.dataDirectory, async () => {
    const { dataDirectory, durable = true, outsideFolder = defaultOutsideFolder } = options;
    mkdirSync(dataDirectory, { recursive: true });
    const placed = placeServer({ dataDirectory, outsideFolder });
    const password = keptPassword(dataDirectory);
    if (!clusterExists(placed)) await createCluster(placed, { password, durable });
    const clusterFolder = realpathSync(placed.link);
    await waitForEarlierServer(clusterFolder);
    const { port, postmaster } = await startOnSomePort(
      { ...placed, clusterFolder },
      { ...options, durable },
    );
    return { url: urlOf({ port, password }), clusterFolder, stop: postmaster.stop };
  });
}

/**
 * The server that another process runs on the same data directory, so that a command can work beside
 * `serve`; undefined when none runs.
 */
export function runningEmbeddedServer(dataDirectory: string): { url: string } | undefined {
  const live = liveServer(join(dataDirectory, "cluster"));
  if (live?.status !== "ready") return undefined;
  return { url: urlOf({ port: live.port, password: keptPassword(dataDirectory) }) };
}

async function startOnSomePort(
  placement: Placement,
  options: EmbeddedServerOptions & { durable: boolean },
): Promise<{ port: number; postmaster: Postmaster }> {
  const { dataDirectory, durable } = options;
  const log = openServerLog(join(dataDirectory, "server.log"));
  try {
    for (let attempt = 1; ; attempt++) {
      const port = options.port || (await freePort(keptPort(dataDirectory)));
      const postmaster = startPostmaster(placement, {
        port,
        settings: serverSettings({ durable }),
        log: log.descriptor,
      });
      options.onStarting?.();
      if (await postmaster.ready()) {
        keepPort(dataDirectory, port);
        return { port, postmaster };
      }
      if (options.port || attempt === attempts) throw new BootError(reasonIn(log.sinceOpened()));
    }
  } finally {
    log.close();
  }
}

/** The server's own words: its last FATAL line, which names the file or port in the way. */
function reasonIn(log: string): string {
  const fatal = log.split("\n").findLast((line) => line.includes("FATAL:"));
  return `PostgreSQL did not start: ${fatal?.split("FATAL:")[1]?.trim() ?? "it wrote no reason"}.`;
}

function urlOf(server: { port: number; password: string }): string {
  return `postgres://${superuser}:${server.password}@127.0.0.1:${server.port}/postgres`;
}
