import cluster from "node:cluster";
import { once } from "node:events";
import { type AddressInfo, createServer, type ListenOptions, type Server } from "node:net";
import type { FastifyInstance } from "fastify";

/**
 * Sockets that listen on the one port. Node takes one new connection from each in a turn of its event
 * loop (libuv 1.45 and later), and turns are long when there is much to do: with one socket, clients
 * without a connection would wait in the kernel, where nobody can refuse them, while others are served.
 */
const LISTENERS = 32;

/** Those beside the server's own. */
const others = new WeakMap<FastifyInstance, Server[]>();
/** When those have taken and lost their last connection. */
const ended = new WeakMap<FastifyInstance, Promise<unknown>>();

/** Starts to listen, and gives the address, such as `http://127.0.0.1:4000`. */
export async function listenOn(
  server: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<string> {
  // Only Linux shares out connections among sockets; a worker's are accepted by its primary process.
  if (process.platform !== "linux" || cluster.isWorker) return server.listen({ host, port });
  // Sockets that share a port would share it with another server of ours, and hide that it is taken.
  if (port !== 0) await closed(await listening(createServer(), { host, port }));
  const shared = { host, port, reusePort: true };
  const address = await server.listen(shared);
  const own = server.server.address() as AddressInfo;
  const more: Server[] = [];
  others.set(server, more);
  while (more.length < LISTENERS - 1) {
    // As node:http makes its own: a connection is a connection, whichever socket took it.
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      server.server.emit("connection", socket),
    );
    more.push(await listening(listener, { ...shared, host: own.address, port: own.port }));
  }
  return address;
}

/** Takes no new connection any more; those that there are stay. */
export function stopListening(server: FastifyInstance): void {
  ended.set(server, Promise.all((others.get(server) ?? []).map(closed)));
}

/**
 * Resolves when the last connection has ended that another socket than the server's own took: the server
 * itself knows only of its own, and says that it has closed while the others are still being answered.
 */
export async function connectionsEnded(server: FastifyInstance): Promise<void> {
  await ended.get(server);
}

async function listening(server: Server, where: ListenOptions): Promise<Server> {
  server.listen(where);
  await once(server, "listening");
  return server;
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}
