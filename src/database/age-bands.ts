import type { Pool } from "pg";

/**
 * Moves customers whose review day has come to the next age band. Nothing is decrypted: the day was
 * set from the birthday that ends the band, and the next one follows four years later, as 18 follows
 * 14. Until this has run, a customer counts as younger than they are and is protected more.
 *
 * @param now UTC; a review day has come when it is today or earlier
 * @returns how many customers changed
 */
export async function refreshAgeBands({
  database,
  now,
}: {
  database: Pool;
  now: Date;
}): Promise<number> {
  const today = now.toISOString().slice(0, 10);
  const ofGuardianAge = await database.query(
    `UPDATE customer SET age_band = 'FROM_14_TO_17', age_band_review_on = age_band_review_on + interval '4 years'
      WHERE age_band = 'UNDER_14' AND age_band_review_on <= $1::date`,
    [today],
  );
  const ofAge = await database.query(
    `UPDATE customer SET age_band = 'ADULT', age_band_review_on = NULL
      WHERE age_band = 'FROM_14_TO_17' AND age_band_review_on <= $1::date`,
    [today],
  );
  return (ofGuardianAge.rowCount ?? 0) + (ofAge.rowCount ?? 0);
}
