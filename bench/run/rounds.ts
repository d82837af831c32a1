import type { Server } from "./children.ts";
import { pause } from "./context.ts";
import { type HttpRequest, type LoadResult, sendGoodLoad, sendLoad } from "./load.ts";

/** Somebody who is measured. */
export interface Target {
  readonly name: string;
  readonly server: Server;
  readonly requests: readonly HttpRequest[];
  readonly connections: number;
}

/** What one round of one target came to; what is used is per request that was answered well. */
export interface Round {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuUs: number;
  readonly allocatedBytes: number;
  /** CPU of the database's processes; NaN where it can't be read. */
  readonly databaseCpuUs: number;
  readonly answerBytes: number;
  /** Part of the requests that were refused with 503. */
  readonly refused: number;
}

/** How much and how long, and what tells the CPU that the database has used. */
export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUp: number;
  readonly databaseCpuUs: () => number;
}

/** Measures targets in turns, A B A B, each after a time to get warm. */
export async function measureInTurns(
  targets: readonly Target[],
  { rounds, seconds, warmUp, databaseCpuUs }: Plan,
): Promise<Record<string, Round[]>> {
  const measured: Record<string, Round[]> = {};
  for (const target of targets) {
    measured[target.name] = [];
    await sendLoad(loadOn(target, warmUp));
    await untilIdle(target.server, databaseCpuUs);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets)
      measured[target.name]?.push(await oneRound(target, { seconds, databaseCpuUs }));
  }
  return measured;
}

/** One round of one target, with what its process used meanwhile. */
export async function oneRound(
  target: Target,
  { seconds, databaseCpuUs }: Pick<Plan, "seconds" | "databaseCpuUs">,
): Promise<Round> {
  const before = await target.server.probe();
  const databaseBefore = databaseCpuUs();
  const result: LoadResult = await sendGoodLoad(loadOn(target, seconds));
  const after = await target.server.probe();
  const databaseAfter = databaseCpuUs();
  await untilIdle(target.server, databaseCpuUs);
  const { rate, p50, p99, accepted, refused, bytes } = result;
  return {
    rate,
    p50,
    p99,
    cpuUs: (after.cpuUs - before.cpuUs) / accepted,
    allocatedBytes: (after.allocatedBytes - before.allocatedBytes) / accepted,
    databaseCpuUs: (databaseAfter - databaseBefore) / accepted,
    answerBytes: bytes / accepted,
    refused: refused / (accepted + refused),
  };
}

const LOOK_MS = 100;
const MOST_LOOKS = 300;
/** Part of a core below which server and database do no more than they do by the clock. */
const IDLE = 0.15;

/**
 * Waits until a server has done with requests whose callers have gone, and with the log of those that were
 * answered, so that whoever comes next is not slowed by it. Half a minute at most.
 */
async function untilIdle(server: Server, databaseCpuUs: () => number): Promise<void> {
  const used = async (): Promise<number> => {
    const database = databaseCpuUs();
    return (await server.probe()).cpuUs + (Number.isNaN(database) ? 0 : database);
  };
  let before = await used();
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const start = performance.now();
    await pause(LOOK_MS);
    const after = await used();
    if ((after - before) / 1_000 / (performance.now() - start) < IDLE) return;
    before = after;
  }
}

function loadOn({ server, requests, connections }: Target, seconds: number) {
  return { url: server.address, requests, seconds, connections };
}
