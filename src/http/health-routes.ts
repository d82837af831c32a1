import type { FastifyInstance } from "fastify";
import { publicError } from "../errors.ts";

const READY_WITHIN_MS = 2_000;

/** What readiness asks. */
export interface Health {
  /** Resolves when the database answers; anything else means that it does not. */
  checkDatabase(): Promise<unknown>;
}

/**
 * `/health/live` looks at the process alone: a restart mends no database. `/health/ready` asks the
 * database and tells a balancer to wait while there is none, and while the server is stopping.
 */
export function registerHealthRoutes(
  server: FastifyInstance,
  services: { health: Health; isStopping: () => boolean },
): void {
  server.get("/health/live", async () => ({ status: "live" }));
  server.get("/health/ready", async () => {
    if (services.isStopping()) throw publicError("SERVICE_UNAVAILABLE", { reason: "stopping" });
    if (!(await answersInTime(services.health)))
      throw publicError("SERVICE_UNAVAILABLE", { reason: "database" });
    return { status: "ready" };
  });
}

async function answersInTime(health: Health): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), READY_WITHIN_MS);
  const answered = Promise.resolve()
    .then(() => health.checkDatabase())
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answered, late.promise]).finally(() => clearTimeout(timer));
}
