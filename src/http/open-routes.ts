import type { FastifyInstance } from "fastify";
import type { JSONWebKeySet } from "jose";
import { ERRORS, isErrorCode, publicError } from "../errors.ts";

const JWKS_MAX_AGE_S = 300;

/** Routes that tell everybody the same: the development issuer's public keys, and what codes mean. */
export function registerOpenRoutes(server: FastifyInstance, jwks: JSONWebKeySet | null): void {
  if (jwks !== null)
    server.get("/.well-known/jwks.json", async (_request, reply) =>
      reply
        .header("cache-control", `public, max-age=${JWKS_MAX_AGE_S}`)
        .type("application/jwk-set+json")
        .send(JSON.stringify(jwks)),
    );

  // RFC 9457 section 3.1.1: a problem's `type` should lead to its description.
  server.get<{ Params: { code: string } }>("/problems/:code", async ({ params: { code } }) => {
    if (!isErrorCode(code)) throw publicError("NOT_FOUND");
    const { message, meaning, status } = ERRORS[code];
    return { code, title: message, status, meaning };
  });
}
