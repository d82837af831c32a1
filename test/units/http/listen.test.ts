import { once } from "node:events";
import { createServer } from "node:net";
import { Worker } from "node:worker_threads";
import Fastify, { type FastifyInstance } from "fastify";
import { listenOn, stopListening } from "../../../src/http/listen.ts";

let server: FastifyInstance;
beforeEach(() => {
  server = Fastify();
  server.get("/", async () => ({ served: true }));
});
afterEach(() => closed(server));

/** As the server's own shutdown does it. */
async function closed(listening: FastifyInstance): Promise<void> {
  stopListening(listening);
  await listening.close();
}

const CLIENTS = 64;

/** Connects from a thread of its own, while ours is busy. */
function connectElsewhere(port: number): Worker {
  const code = `
    const { connect } = require("node:net");
    const { parentPort, workerData } = require("node:worker_threads");
    let connected = 0;
    for (let one = 0; one < ${CLIENTS}; one++)
      connect(workerData, "127.0.0.1", () => {
        // In the queue of the kernel, whether it was accepted or not.
        if (++connected === ${CLIENTS}) parentPort.postMessage("connected");
      });
  `;
  return new Worker(code, { eval: true, workerData: port });
}

function portOf(address: string): number {
  return Number(new URL(address).port);
}

const onLinux = process.platform === "linux" ? test : test.skip;

// Elsewhere sockets don't share a port, and there is one listener.
onLinux("of many clients that wait several are let in at each turn of the event loop", async () => {
  const port = portOf(await listenOn(server, { host: "127.0.0.1", port: 0 }));
  let accepted = 0;
  server.server.on("connection", () => void (accepted += 1));
  const clients = connectElsewhere(port);
  await once(clients, "online");
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  let turns = 0;
  while (accepted < CLIENTS) {
    // So long that whoever is let in at a turn was waiting before it.
    Atomics.wait(nobody, 0, 0, 50);
    await new Promise((next) => setImmediate(next));
    turns += accepted > 0 ? 1 : 0;
  }
  expect(turns).toBeLessThan(CLIENTS / 2);
  await clients.terminate();
});

test("every client is answered, whichever socket let it in", async () => {
  const address = await listenOn(server, { host: "127.0.0.1", port: 0 });
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => fetch(address, { headers: { connection: "close" } })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});

test("a port on which somebody listens is taken, also by a server of ours", async () => {
  const foreign = createServer().listen(0, "127.0.0.1");
  await once(foreign, "listening");
  const { port } = foreign.address() as { port: number };
  await expect(listenOn(server, { host: "127.0.0.1", port })).rejects.toThrow("EADDRINUSE");
  foreign.close();

  const ours = Fastify();
  const address = await listenOn(ours, { host: "127.0.0.1", port: 0 });
  const again = listenOn(server, { host: "127.0.0.1", port: portOf(address) });
  await expect(again).rejects.toThrow("EADDRINUSE");
  await closed(ours);
});

test("a chosen port is listened on, and free again afterwards", async () => {
  const first = Fastify();
  const port = portOf(await listenOn(first, { host: "127.0.0.1", port: 0 }));
  await closed(first);
  expect(portOf(await listenOn(server, { host: "127.0.0.1", port }))).toBe(port);
});

test("who stops lets nobody in", async () => {
  const address = await listenOn(server, { host: "127.0.0.1", port: 0 });
  await closed(server);
  for (let times = 0; times < 16; times++)
    await expect(fetch(address)).rejects.toThrow("fetch failed");
});
