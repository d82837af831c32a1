import { askOnce } from "../run/load.ts";
import type { Server } from "../run/children.ts";
import {
  type BenchContext,
  type Circumstances,
  requestsTo,
  startPeer,
  underCircumstances,
  warmUpSeconds,
} from "../run/context.ts";
import { measureInTurns, type Round, type Target } from "../run/rounds.ts";
import { WORKLOADS, type Workload } from "../workloads.ts";

/** What was measured of one workload. */
export interface WorkloadFigures {
  readonly name: string;
  readonly title: string;
  readonly connections: number;
  readonly rounds: Readonly<Record<string, readonly Round[]>>;
  /** Whether a peer's data is the product's, byte for byte; null where it can't be. */
  readonly sameAnswer: Readonly<Record<string, boolean | null>>;
}

/** Workloads whose ratio is a target, so that they are measured in turns. */
const TOGETHER: readonly (readonly string[])[] = [
  ["W5a", "W5"],
  ["W2b", "W6"],
];

/** Hears of a workload once it was measured. */
export type OnMeasured = (measured: {
  readonly figures: WorkloadFigures;
  readonly circumstances: Circumstances;
}) => void;

/** Runs the wanted workloads against the wanted peers. */
export async function runWorkloads(context: BenchContext, onMeasured: OnMeasured): Promise<void> {
  const wanted = WORKLOADS.filter(({ name }) => isWanted(context.options.only, name));
  const servers = new Map<string, Server>();
  const serverOf = async (name: string): Promise<Server> => {
    const known = servers.get(name);
    if (known !== undefined) return known;
    const started = await startPeer(context, name);
    servers.set(name, started);
    return started;
  };
  const done = new Set<string>();
  for (const workload of wanted) {
    if (done.has(workload.name)) continue;
    const names = groupOf(workload.name);
    const group = wanted.filter(({ name }) => names.includes(name));
    for (const { name } of group) done.add(name);
    try {
      const { figures, circumstances } = await underCircumstances(() =>
        measureGroup(context, { group, serverOf }),
      );
      for (const one of figures) onMeasured({ figures: one, circumstances });
    } catch (error) {
      // The others are worth having all the same; the exit code tells of it.
      context.say(`${workload.name} failed: ${String(error)}`);
      process.exitCode = 1;
    }
    // Only W1 to W3 are for others than ourselves.
    if (workload.name === "W3") await stopOthers(servers);
  }
  for (const server of servers.values()) await server.stop();
}

/** Whether a workload is to be measured: it, or one that it is measured in turns with. */
export function isWanted(only: readonly string[], name: string): boolean {
  if (only.length === 0 || only.includes("workloads")) return true;
  return groupOf(name).some((one) => only.includes(one));
}

function groupOf(name: string): readonly string[] {
  return TOGETHER.find((group) => group.includes(name)) ?? [name];
}

async function stopOthers(servers: Map<string, Server>): Promise<void> {
  for (const [name, server] of servers) {
    if (name === "custodia" || name === "policy-off") continue;
    await server.stop();
    servers.delete(name);
  }
}

async function measureGroup(
  context: BenchContext,
  { group, serverOf }: { group: readonly Workload[]; serverOf: (name: string) => Promise<Server> },
): Promise<WorkloadFigures[]> {
  const { options, fixtures, say } = context;
  const targets: (Target & { readonly workload: Workload; readonly peer: string })[] = [];
  for (const workload of group) {
    for (const peer of workload.peers.filter((name) => isPeerWanted(options.peers, name))) {
      const questions = workload.questions(fixtures);
      targets.push({
        name: `${workload.name} ${peer}`,
        workload,
        peer,
        server: await serverOf(peer),
        requests: await requestsTo(context, { peer, questions }),
        connections: workload.connections ?? options.connections,
      });
    }
  }
  const same = new Map(
    await Promise.all(
      group.map(async ({ name }): Promise<[string, Record<string, boolean | null>]> => [
        name,
        await compareAnswers(targets.filter(({ workload }) => workload.name === name)),
      ]),
    ),
  );
  const rounds = await measureInTurns(targets, {
    rounds: options.rounds,
    seconds: options.seconds,
    warmUp: warmUpSeconds(options),
    databaseCpuUs: () => context.cluster.cpuUs(),
  });
  return group.map(({ name, title, connections = options.connections }) => {
    const its = targets.filter(({ workload }) => workload.name === name);
    say(`${name}: ${its.map((one) => `${one.peer} ${inWords(rounds[one.name])}`).join(", ")}`);
    return {
      name,
      title,
      connections,
      rounds: Object.fromEntries(its.map((one) => [one.peer, rounds[one.name] ?? []])),
      sameAnswer: same.get(name) ?? {},
    };
  });
}

function isPeerWanted(peers: readonly string[], name: string): boolean {
  return peers.length === 0 || name === "custodia" || peers.includes(name);
}

function inWords(rounds: readonly Round[] | undefined): string {
  return (rounds ?? []).map(({ rate }) => Math.round(rate)).join("/");
}

/** Who answers something else by intention: nothing is masked there. */
const UNMASKED = new Set(["floor", "policy-off"]);

async function compareAnswers(
  targets: readonly (Target & { readonly peer: string })[],
): Promise<Record<string, boolean | null>> {
  const answers = new Map<string, string>();
  for (const { peer, server, requests } of targets) {
    const [request] = requests;
    if (request !== undefined) answers.set(peer, dataIn(await askOnce(server.address, request)));
  }
  const ours = answers.get("custodia");
  return Object.fromEntries(
    [...answers]
      .filter(([peer]) => peer !== "custodia")
      .map(([peer, answer]) => [peer, UNMASKED.has(peer) ? null : answer === ours]),
  );
}

function dataIn({ status, text }: { status: number; text: string }): string {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (status !== 200 || errors !== undefined)
    throw new Error(`A question was answered ${status}: ${text.slice(0, 300)}`);
  return JSON.stringify(data);
}
