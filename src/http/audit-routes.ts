import type { FastifyInstance } from "fastify";
import type { LogProofs } from "../audit/log-proofs.ts";
import { publicError } from "../errors.ts";
import type { CountRequest } from "./rate-limit.ts";

const CHECKPOINT_MAX_AGE_S = 1;
const KEYS_MAX_AGE_S = 60;

/** Gives everybody what the log is judged by: its newest checkpoint, and the keys that verify it. */
export function registerAuditRoutes(
  server: FastifyInstance,
  { proofs, countRequest }: { proofs: LogProofs; countRequest: CountRequest },
): void {
  server.get("/audit/checkpoint", { onRequest: countRequest }, async (_request, reply) => {
    const head = await proofs.head();
    if (head === null) throw publicError("NOT_FOUND");
    return reply
      .header("cache-control", `public, max-age=${CHECKPOINT_MAX_AGE_S}`)
      .type("text/plain; charset=utf-8")
      .send(head.note);
  });

  server.get("/audit/keys", { onRequest: countRequest }, async (_request, reply) => {
    const keys = await proofs.keys();
    return reply.header("cache-control", `public, max-age=${KEYS_MAX_AGE_S}`).send({ keys });
  });
}
