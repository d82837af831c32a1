import type { Pool } from "pg";
import { BootError } from "../lib/boot-error.ts";
import { didYouMean } from "../lib/did-you-mean.ts";

/**
 * The id of an organisation by its code, for commands.
 *
 * @throws BootError when there is none, with the code that was probably meant
 */
export async function findOrganisationId(pool: Pool, code: string): Promise<string> {
  const { rows } = await pool.query<{ id: string; code: string }>(
    "SELECT id, code FROM organisation",
  );
  const found = rows.find((organisation) => organisation.code === code);
  if (found) return found.id;
  if (rows.length === 0)
    throw new BootError("There are no organisations yet: run `custodia seed` first.");
  const hint = didYouMean(
    code,
    rows.map((organisation) => organisation.code),
  );
  throw new BootError(`There is no organisation "${code}".${hint}`);
}
