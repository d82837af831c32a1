import type { FieldDefinition } from "../../src/classification/catalog.ts";
import { applyRendering, type Rendering } from "../../src/classification/rendering.ts";
import type { Row } from "../../src/database/read-request.ts";
import { formOf, type Unsealer } from "../../src/guard/disclose.ts";
import type { Verdict } from "../../src/policy/verdict.ts";
import { pseudonym } from "../../src/sealing/pseudonym.ts";
import { newSecretKey } from "../../src/sealing/secret-key.ts";
import type { PlainRow } from "../../src/proving/demo-rows.ts";

/** What stands in the answer for a field, from the same parts that the reader loads. */
export function shownAs({
  field,
  row,
  verdict,
}: {
  field: FieldDefinition;
  row: PlainRow;
  verdict: Pick<Verdict, "disclosure">;
}): unknown {
  const form = formOf(field, verdict.disclosure);
  return form(storedForm(row, field), { purpose: "ANALYTICS", unsealer: UNSEALED });
}

/** The row with the parts of a field as they lie in the table, but for the ciphertext. */
function storedForm(row: PlainRow, field: FieldDefinition): Row {
  const value = (row[field.name] as string | undefined) ?? null;
  const rendered = (rendering: Rendering | undefined): string | null =>
    rendering === undefined || value === null
      ? null
      : applyRendering({ rendering, value, record: row, shape: field.shape });
  return {
    ...row,
    [field.name]: value,
    [`${field.name}$partial`]: rendered(field.renderings.PARTIAL),
    [`${field.name}$coarse`]: rendered(field.renderings.COARSE),
    [`${field.name}$index`]: value === null ? null : Buffer.from(String(value)),
    [`${field.name}$exists`]: value !== null,
  } as unknown as Row;
}

const TOKEN_KEY = newSecretKey();

/** Values are not sealed here; pseudonyms are made as ever, under a key of this run. */
const UNSEALED: Unsealer = {
  open: (field, row) => String(row[field.name]),
  pseudonymOfIndex: ({ field, purpose, index }) =>
    pseudonym({ organisationTokenKey: TOKEN_KEY, purpose, field: field.name, indexed: index }),
  pseudonymOfValue: ({ field, purpose, value }) =>
    pseudonym({
      organisationTokenKey: TOKEN_KEY,
      purpose,
      field: field.name,
      indexed: Buffer.from(value),
    }),
};
