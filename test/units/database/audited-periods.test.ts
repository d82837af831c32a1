import { auditedPeriods } from "../../../src/database/audited-periods.ts";
import { createPool } from "../../../src/database/pool.ts";
import { freshDatabase } from "../../support/fresh-database.ts";

test("the time that an audit looks at is held until the audit is closed, a day more on either side", async () => {
  const database = await freshDatabase();
  const pool = createPool({ url: database.url, max: 1 });
  try {
    const { rows } = await pool.query<{ open: number }>(
      "SELECT count(*)::integer AS open FROM audit_engagement WHERE state <> 'CLOSED'",
    );
    const open = rows[0]?.open ?? 0;
    expect(open).toBeGreaterThan(1);
    await pool.query(
      "UPDATE audit_engagement SET period_from = '2026-03-01', period_to = '2026-03-31'",
    );
    const day = (date: Date): string => date.toISOString().slice(0, 10);
    const held = (await auditedPeriods(pool)).map(({ from, to }) => [day(from), day(to)]);
    expect(held).toEqual(Array.from({ length: open }, () => ["2026-02-28", "2026-04-02"]));
    await pool.query(
      `UPDATE audit_engagement SET state = 'CLOSED', closed_by = 'somebody', closed_at = now(),
              close_reason = 'over', independence_declared = true`,
    );
    expect(await auditedPeriods(pool)).toEqual([]);
  } finally {
    await pool.end();
    await database.drop();
  }
});
