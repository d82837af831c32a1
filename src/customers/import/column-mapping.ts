import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { BootError } from "../../lib/boot-error.ts";
import { didYouMean } from "../../lib/did-you-mean.ts";
import { CUSTOMER_FIELDS, type CustomerField, isCustomerField } from "../customer-record.ts";

/** What a column holds. */
export interface ColumnTarget {
  readonly field: CustomerField;
  /** Words of the ledger and ours for them; other words stay as they are. */
  readonly values: ReadonlyMap<string, string>;
  /** Fields that the heading itself settles, in rows where the cell is not empty. */
  readonly sets: readonly (readonly [field: CustomerField, value: string])[];
}

/** How the headings of a ledger become fields. */
export interface ColumnMapping {
  /** SHA-256 of the document in hex. */
  readonly digest: string;
  /** Country of telephone numbers without a country code. */
  readonly country: CountryCode;
  readonly columns: ReadonlyMap<string, ColumnTarget>;
  readonly ignored: ReadonlySet<string>;
}

const words = z.record(z.string(), z.string());

const column = z.preprocess(
  (written) => (typeof written === "string" ? { field: written } : written),
  z
    .strictObject({ field: z.string(), values: words.default({}), sets: words.default({}) })
    .superRefine(({ field, sets }, check) => {
      for (const word of [field, ...Object.keys(sets)].filter((name) => !isCustomerField(name))) {
        check.addIssue(`"${word}" is no field of a customer.${didYouMean(word, CUSTOMER_FIELDS)}`);
      }
    }),
);

const mappingDocument = z.strictObject({
  country: z
    .string()
    .refine(isSupportedCountry, "is no country code (ISO 3166-1 alpha-2)")
    .default("CN"),
  columns: z.record(z.string(), column).default({}),
  ignore: z.array(z.string()).default([]),
});

/** Reads a mapping file (YAML, and so JSON too). */
export async function loadColumnMapping(path: string): Promise<ColumnMapping> {
  return readColumnMapping({ text: await readFile(path, "utf8"), path });
}

/** The mapping that a text describes; faults come together, each with its place in `path`. */
export function readColumnMapping({ text, path }: { text: string; path: string }): ColumnMapping {
  const checked = mappingDocument.safeParse(parsed(text, path));
  if (!checked.success) {
    throw new BootError(
      checked.error.issues.map((issue) => `${path}: ${issue.path.join(".")}: ${issue.message}`),
    );
  }
  const { country, columns, ignore } = checked.data;
  return {
    digest: createHash("sha256").update(text).digest("hex"),
    country: country as CountryCode,
    columns: new Map([...ownNames(), ...Object.entries(columns).map(toTarget)]),
    ignored: new Set(ignore),
  };
}

/** Headings that are our own field names need no mapping. */
function ownNames(): [string, ColumnTarget][] {
  return CUSTOMER_FIELDS.map((field) => [field, { field, values: new Map(), sets: [] }]);
}

function toTarget([heading, { field, values, sets }]: [string, z.infer<typeof column>]): [
  string,
  ColumnTarget,
] {
  return [
    heading,
    {
      field: field as CustomerField,
      values: new Map(Object.entries(values)),
      sets: Object.entries(sets) as [CustomerField, string][],
    },
  ];
}

function parsed(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new BootError(`${path}: ${error.message}`);
    throw error;
  }
}
