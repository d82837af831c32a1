import cluster, { type Worker } from "node:cluster";
import { AggregatorRegistry, type Registry } from "prom-client";

/** A worker asks for the page of all processes. */
interface PageWanted {
  readonly pageWanted: number;
}

/** The page, or null where a process did not tell its measures. */
interface PageMade {
  readonly pageMade: number;
  readonly text: string | null;
}

/** In the primary process: makes one page of the measures of all workers whenever one of them is asked for it. */
export function shareMetrics(): void {
  const measures = new AggregatorRegistry();
  cluster.on("message", (worker: Worker, message: unknown) => {
    if (!has<PageWanted>(message, "pageWanted")) return;
    void measures
      .clusterMetrics()
      .catch(() => null)
      .then((text) => {
        const made: PageMade = { pageMade: message.pageWanted, text };
        // Whoever asked may have ended meanwhile.
        if (worker.isConnected()) worker.send(made);
      });
  });
}

/**
 * In a worker: tells its measures whoever makes the page, and gives the page of all processes, or null
 * where there is none. Counts are summed; what every process reads of the same thing is told once.
 */
export function pageOfAll(registry: Registry): () => Promise<string | null> {
  AggregatorRegistry.setRegistries([registry]);
  // Its making is what answers the primary process.
  void new AggregatorRegistry();
  const wanted = new Map<number, (text: string | null) => void>();
  let last = 0;
  process.on("message", (message) => {
    if (!has<PageMade>(message, "pageMade")) return;
    wanted.get(message.pageMade)?.(message.text);
    wanted.delete(message.pageMade);
  });
  return () => {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    last += 1;
    wanted.set(last, resolve);
    const asked: PageWanted = { pageWanted: last };
    process.send?.(asked);
    return promise;
  };
}

function has<Message extends object>(
  message: unknown,
  name: keyof Message & string,
): message is Message {
  return typeof message === "object" && message !== null && name in message;
}
