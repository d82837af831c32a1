import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { ask } from "./ask.ts";

const HOUR_MS = 60 * 60 * 1_000;
/** Between two writes. Nothing hangs on it: uses count to the hour. */
const EVERY_MS = 5_000;
/** Most uses that wait while the database can't be reached; what is more is noted when it is used again. */
const MOST_WAITING = 10_000;
const MOST_REMEMBERED = 100_000;

const NOTE = `
  INSERT INTO role_use (principal_id, role, used_at)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[])
  ON CONFLICT (principal_id, role) DO UPDATE SET used_at = excluded.used_at
   WHERE role_use.used_at < excluded.used_at`;

/** Notes with which roles people and systems call, to the hour and beside the requests. */
export interface RoleUse {
  /** Never waits, never fails. */
  note(used: { readonly id: string; readonly roles: readonly string[] }, now: Date): void;
  /** Writes what waits; what can't be written waits on. */
  flush(): Promise<void>;
  /** Writes what waits, and ends. */
  close(): Promise<void>;
}

/** Makes the recorder; each role of each principal is written once an hour by each node at the most. */
export function createRoleUse({ pool, logger }: { pool: Pool; logger: Logger }): RoleUse {
  const noted = new LRUCache<string, number>({ max: MOST_REMEMBERED });
  const waiting = new Map<string, { id: string; role: string; at: Date }>();

  async function flush(): Promise<void> {
    const uses = [...waiting.values()];
    if (uses.length === 0) return;
    waiting.clear();
    const values = [
      uses.map(({ id }) => id),
      uses.map(({ role }) => role),
      uses.map(({ at }) => at),
    ];
    try {
      await ask(pool, { name: "note-role-use", text: NOTE, values });
    } catch {
      logger.warn({ uses: uses.length }, "uses of roles could not be noted");
      for (const { id, role } of uses) noted.delete(keyOf(id, role));
    }
  }

  const timer = setInterval(() => void flush(), EVERY_MS).unref();
  return {
    note({ id, roles }, now) {
      if (id === "") return;
      const at = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
      for (const role of roles) {
        const key = keyOf(id, role);
        if (noted.get(key) === at.getTime() || waiting.size >= MOST_WAITING) continue;
        noted.set(key, at.getTime());
        waiting.set(key, { id, role, at });
      }
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

function keyOf(id: string, role: string): string {
  return `${id} ${role}`;
}
