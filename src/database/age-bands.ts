import type { Pool } from "pg";
import type { AgesIn } from "../customers/age-limits.ts";
import { Jurisdiction } from "../customers/customer.enums.ts";

/**
 * Brings the age bands of minors up to date with the calendar and the law. Nothing is decrypted: a
 * minor's age is reckoned from the first of the month after the birth, so it is never counted too
 * early. Who is of age is not looked at again; until this has run a customer counts as younger than
 * they are and is protected more.
 *
 * @param now UTC
 * @returns how many customers changed
 */
export async function refreshAgeBands({
  database,
  now,
  agesIn,
}: {
  database: Pool;
  now: Date;
  agesIn: AgesIn;
}): Promise<number> {
  const places = Object.values(Jurisdiction);
  const ages = places.map(agesIn);
  const { rowCount } = await database.query(
    `WITH reckoned AS (
       SELECT c.id,
              CASE WHEN c.age_reckoned_from + make_interval(years => law.guardian) > $1::date THEN 'CHILD'
                   WHEN c.age_reckoned_from + make_interval(years => law.majority) > $1::date THEN 'YOUTH'
                   ELSE 'ADULT' END AS band
         FROM customer c
         JOIN unnest($2::text[], $3::int[], $4::int[]) AS law (jurisdiction, guardian, majority)
           ON law.jurisdiction = c.jurisdiction
        WHERE c.age_reckoned_from IS NOT NULL)
     UPDATE customer c
        SET age_band = r.band,
            age_reckoned_from = CASE WHEN r.band = 'ADULT' THEN NULL ELSE c.age_reckoned_from END
       FROM reckoned r
      WHERE c.id = r.id AND c.age_band <> r.band`,
    [
      now.toISOString().slice(0, 10),
      places,
      ages.map(({ guardian }) => guardian),
      ages.map(({ majority }) => majority),
    ],
  );
  return rowCount ?? 0;
}
