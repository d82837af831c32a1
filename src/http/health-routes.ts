import type { FastifyInstance } from "fastify";
import { publicError } from "../errors.ts";

const READY_WITHIN_MS = 2_000;

/** What readiness asks. */
export interface Health {
  /** Resolves when the database answers; anything else means that it does not. */
  checkDatabase(): Promise<unknown>;
  /** Whether it is known what changed. */
  checkChanges?(): Promise<boolean>;
  /** Whether there is a policy to answer under. */
  isPolicyServed?(): boolean;
}

/**
 * `/health/live` looks at the process alone: a restart mends no database. `/health/ready` asks the
 * database and tells a balancer to wait while there is none, while no policy is served, and while
 * the server is stopping.
 */
export function registerHealthRoutes(
  server: FastifyInstance,
  services: { health: Health; isStopping: () => boolean },
): void {
  const open = { config: { isAlwaysOpen: true } } as const;
  server.get("/health/live", open, async () => ({ status: "live" }));
  server.get("/health/ready", open, async () => {
    if (services.isStopping()) throw publicError("SERVICE_UNAVAILABLE", { reason: "stopping" });
    if (!(await answersInTime(services.health)))
      throw publicError("SERVICE_UNAVAILABLE", { reason: "database" });
    if (!(services.health.isPolicyServed?.() ?? true))
      throw publicError("SERVICE_UNAVAILABLE", { reason: "policy" });
    return { status: "ready" };
  });
}

async function answersInTime(health: Health): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), READY_WITHIN_MS);
  const answered = Promise.resolve()
    .then(() => Promise.all([health.checkDatabase(), health.checkChanges?.() ?? true]))
    .then(
      ([, isCurrent]) => isCurrent,
      () => false,
    );
  return Promise.race([answered, late.promise]).finally(() => clearTimeout(timer));
}
