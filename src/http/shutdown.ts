import type { FastifyInstance } from "fastify";
import { stopListening } from "./listen.ts";

/**
 * Makes `server.close()` graceful and bounded: it takes no new connection, closes idle ones, lets
 * requests in flight finish, and cuts off what is left after `graceMs`. Tells whether it has begun.
 */
export function registerShutdown(server: FastifyInstance, graceMs: number): () => boolean {
  let stopping = false;
  server.addHook("preClose", async () => {
    stopping = true;
    stopListening(server);
    setTimeout(() => server.server.closeAllConnections(), graceMs).unref();
  });
  // Answers given meanwhile are the last on their connection, which would otherwise idle and hold us up.
  server.addHook("onSend", async (_request, reply) => {
    if (stopping) void reply.header("connection", "close");
  });
  return () => stopping;
}
