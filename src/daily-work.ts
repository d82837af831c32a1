import type { Logger } from "pino";
import { systemRecord } from "./audit/system-record.ts";
import { agesUnder } from "./ages-under.ts";
import { auditedPeriods } from "./database/audited-periods.ts";
import { refreshAgeBands } from "./database/age-bands.ts";
import {
  databaseTime,
  type DroppedMonth,
  dropExpiredDecisions,
  prepareDecisionMonths,
} from "./database/decision-retention.ts";
import { forgetExpiredLookups } from "./database/expired-lookups.ts";
import type { OpenDatabase } from "./database/open-database.ts";
import { thinCheckpoints } from "./database/thin-checkpoints.ts";
import { keptSince } from "./kept-since.ts";
import { lawInForce } from "./policy/law/law-in-force.ts";
import type { ServedPolicy } from "./served-policy.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** For so long every checkpoint is at hand; of older ones the last of each hour is. */
const CHECKPOINTS_KEPT_MS = 90 * DAY_MS;

/**
 * Does what has to be done once a day, now and from then on: age bands follow birthdays and the
 * law, digests of lookups are forgotten, and so are decisions that no law wants kept any longer. Late, all
 * of it protects more, never less, so a day's delay is harmless. Gives the function that ends it.
 */
export async function startDailyWork({
  database,
  logger,
  now,
  policy,
}: {
  database: OpenDatabase;
  logger: Logger;
  now: () => Date;
  policy: ServedPolicy;
}): Promise<() => void> {
  const work = async (): Promise<void> => {
    const at = now();
    const { pool } = database;
    await prepareDecisionMonths(pool);
    await forgetExpiredLookups({ database: pool, now: at });
    const { policy: served } = policy.current();
    await refreshAgeBands({ database: pool, now: at, agesIn: agesUnder(served, at) });
    await thinCheckpoints({ database: pool, before: new Date(at.getTime() - CHECKPOINTS_KEPT_MS) });
    const since = keptSince(served, earlierOf(at, await databaseTime(pool)));
    if (since === null) return;
    const [policyVersion, lawPack] = [served.version, lawInForce(served, at)];
    const recordOf = (dropped: DroppedMonth) =>
      systemRecord({ at, policyVersion, lawPack, about: { verb: "dropDecisions", ...dropped } });
    // What an audit looks at is kept, whatever the law lets go.
    const held = await auditedPeriods(pool);
    const gone = await dropExpiredDecisions({ database: pool, since, held, recordOf });
    if (gone.length > 0) logger.info({ dropped: gone }, "decisions were kept long enough");
  };
  const tryToWork = (): Promise<void> =>
    work().catch(() => logger.error("the daily work could not be done; the next try is tomorrow"));
  // Without a policy nothing is served, and there are no ages to go by; bands that stay protect more.
  await tryToWork();
  const timer = setInterval(() => void tryToWork(), DAY_MS).unref();
  return () => clearInterval(timer);
}

function earlierOf(one: Date, other: Date): Date {
  return one < other ? one : other;
}
