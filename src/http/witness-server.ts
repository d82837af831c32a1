import { createHash } from "node:crypto";
import Fastify, { type FastifyInstance } from "fastify";
import type { VerifierKey } from "../audit/notes/verifier-key.ts";
import type { Witness, WitnessMemory } from "../audit/witness.ts";

const MOST_BODY_BYTES = 1_048_576;

/** A witness over HTTP, for the logs whose keys it knows. Source: C2SP tlog-witness. */
export function createWitnessServer(served: {
  witness: Witness;
  memory: WitnessMemory;
  logKeys: readonly VerifierKey[];
}): FastifyInstance {
  const { witness, memory, logKeys } = served;
  const server = Fastify({ logger: false, bodyLimit: MOST_BODY_BYTES });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  server.post<{ Body: Buffer | undefined }>("/add-checkpoint", async ({ body }, reply) => {
    const answer = await witness.addCheckpoint(body ?? Buffer.alloc(0));
    return reply.code(answer.status).type(answer.type).send(answer.body);
  });
  server.get<{ Params: { hash: string } }>("/:hash/checkpoint", async ({ params }, reply) => {
    const origin = logKeys.map(({ name }) => name).find((name) => hashOf(name) === params.hash);
    const note = origin === undefined ? undefined : memory.get(origin)?.note;
    return reply
      .code(note === undefined ? 404 : 200)
      .type("text/plain")
      .send(note ?? "");
  });
  return server;
}

function hashOf(origin: string): string {
  return createHash("sha256").update(origin).digest("hex");
}
