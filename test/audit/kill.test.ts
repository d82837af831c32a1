import pg from "pg";
import { setTimeout as pause } from "node:timers/promises";
import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { type DecisionRecord, recordIn } from "../../src/audit/decision-record.ts";
import { leafHash } from "../../src/audit/tree/hashing.ts";
import { type CrashWorld, startCrashWorld } from "../support/crash-world.ts";
import { eventually } from "../support/eventually.ts";
import { plainRoot } from "../support/plain-tree.ts";
import { drawsFrom } from "../support/random-document.ts";
import { runSeed } from "../support/runs.ts";

/** Something is killed once in each round. */
const ROUNDS = process.env["CUSTODIA_LONG"] === "1" ? 100 : 3;
const CLIENTS = 6;

const ID = DEMO_CUSTOMER_IDS.transferor;
/** Requests whose answers hold protected values, with a field that must be on record for each. */
const QUESTIONS = [
  {
    caller: "data-subject",
    purpose: "SELF_ACCESS",
    query: `{ customer(id: "${ID}") { phone healthStatus } }`,
    field: "healthStatus",
  },
  {
    caller: "cs-agent",
    purpose: "SERVICE_DELIVERY",
    query: "{ customers(first: 50) { nodes { fullName purchaseTotal } } }",
    field: "purchaseTotal",
  },
] as const;

interface Received {
  readonly requestId: string;
  readonly field: string;
}

let world: CrashWorld;
beforeAll(async () => {
  world = await startCrashWorld();
}, 180_000);
afterAll(() => world.close(), 60_000);

test(
  `after ${ROUNDS} kills every protected value that a client received is on record once, and the tree never forked`,
  async () => {
    const random = drawsFrom(runSeed());
    const tokens = await Promise.all(
      QUESTIONS.map(({ caller, purpose }) => world.tokenOf(caller, purpose)),
    );
    const received: Received[] = [];
    const heads = new Map<number, string>();
    const killed: Record<string, number> = {};
    for (let round = 1; round <= ROUNDS; round += 1) {
      const load = startLoad(tokens, received);
      await pause(150 + random(700));
      const victim = VICTIMS[random(VICTIMS.length)] ?? "node";
      killed[victim] = (killed[victim] ?? 0) + 1;
      await KILLS[victim](random);
      await pause(100 + random(200));
      await load.stop();
      await expectWhole({ received, heads });
      if (round % 10 === 0 || round === ROUNDS) tell({ round, killed, received, heads });
    }
    expect(received.length).toBeGreaterThan(ROUNDS);
  },
  ROUNDS * 30_000 + 60_000,
);

/** The figures are what the long run is for; they are told as it goes. */
function tell(so: {
  round: number;
  killed: Readonly<Record<string, number>>;
  received: readonly Received[];
  heads: ReadonlyMap<number, string>;
}): void {
  process.stderr.write(
    `${so.round} rounds (${JSON.stringify(so.killed)}), ${so.received.length} answers with protected values, ${so.heads.size} signed heads\n`,
  );
}

type Victim = "node" | "both nodes" | "database" | "database and node";
const VICTIMS: readonly Victim[] = ["node", "both nodes", "database", "database and node"];

const KILLS: Readonly<Record<Victim, (random: (below: number) => number) => Promise<void>>> = {
  node: async (random) => {
    const which = random(2);
    await world.killNode(which);
    await world.startNode(which);
  },
  "both nodes": async () => {
    await Promise.all([world.killNode(0), world.killNode(1)]);
    await world.startNode(0);
    await world.startNode(1);
  },
  database: async () => {
    await world.killDatabase();
    await world.startDatabase();
  },
  "database and node": async (random) => {
    const which = random(2);
    await Promise.all([world.killDatabase(), world.killNode(which)]);
    await world.startDatabase();
    await world.startNode(which);
  },
};

/** Clients that ask again and again whichever node is up, and note what they received. */
function startLoad(tokens: readonly string[], received: Received[]): { stop: () => Promise<void> } {
  let isOver = false;
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let times = client; !isOver; times += 1) {
      const which = times % QUESTIONS.length;
      const urls = world.urls();
      const url = urls[times % Math.max(urls.length, 1)];
      const question = QUESTIONS[which];
      if (url === undefined || question === undefined) {
        await pause(20);
        continue;
      }
      const requestId = await ask(url, tokens[which] ?? "", question.query);
      if (requestId === null) await pause(10);
      else received.push({ requestId, field: question.field });
    }
  });
  return {
    stop: async () => {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

/** The id of a request that was answered with its data; null for everything else. */
async function ask(url: string, token: string, query: string): Promise<string | null> {
  try {
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(5_000),
    });
    const body = (await answer.json()) as { data?: unknown; errors?: unknown };
    if (answer.status !== 200 || body.data == null || body.errors !== undefined) return null;
    return answer.headers.get("x-request-id");
  } catch {
    return null;
  }
}

async function expectWhole({
  received,
  heads,
}: {
  received: readonly Received[];
  heads: Map<number, string>;
}): Promise<void> {
  const client = new pg.Client(world.databaseUrl());
  client.on("error", () => undefined);
  await client.connect();
  try {
    await eventually(async () => {
      const { rows } = await client.query("SELECT 1 FROM decision_inbox LIMIT 1");
      expect(rows).toEqual([]);
    });
    const { rows } = await client.query<{ tree_index: string; body: string }>(
      "SELECT tree_index, body FROM decision ORDER BY tree_index",
    );
    expect(rows.map(({ tree_index }) => Number(tree_index))).toEqual(rows.map((_, at) => at));
    const records = rows.map(({ body }) => recordIn(body));
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expectOnRecord(records, received);
    await expectOneTree({
      client,
      heads,
      leaves: rows.map(({ body }) => leafHash(Buffer.from(body))),
    });
  } finally {
    await client.end();
  }
}

function expectOnRecord(records: readonly DecisionRecord[], received: readonly Received[]): void {
  const fieldsOf = new Map<string, Set<string>>();
  for (const { request, verdicts } of records) {
    const clear = verdicts.filter(({ disclosure }) => disclosure === "CLEAR");
    const known = fieldsOf.get(request) ?? new Set<string>();
    for (const field of clear.flatMap(({ fields }) => fields)) known.add(field);
    fieldsOf.set(request, known);
  }
  const missing = received.filter(
    ({ requestId, field }) => fieldsOf.get(requestId)?.has(field) !== true,
  );
  expect(missing).toEqual([]);
}

/** Every head that was ever signed is that of the records as they are: nothing was taken out or put in. */
async function expectOneTree({
  client,
  heads,
  leaves,
}: {
  client: pg.Client;
  heads: Map<number, string>;
  leaves: readonly Buffer[];
}): Promise<void> {
  const { rows } = await client.query<{ tree_size: string; root: Buffer }>(
    "SELECT tree_size, root FROM log_checkpoint ORDER BY tree_size",
  );
  const now = new Map(rows.map(({ tree_size, root }) => [Number(tree_size), root.toString("hex")]));
  for (const [size, root] of heads) expect(now.get(size)).toBe(root);
  for (const [size, root] of now) {
    if (heads.has(size)) continue;
    expect(plainRoot(leaves.slice(0, size)).toString("hex")).toBe(root);
    heads.set(size, root);
  }
  expect(Math.max(0, ...now.keys())).toBe(leaves.length);
}
