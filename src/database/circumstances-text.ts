import type { NewCustomer } from "../customers/customer-row.ts";
import { CUSTOMER_TYPE } from "../customers/customer.sealing.ts";

/** A customer whose circumstances have no name yet. */
type Unnamed = Pick<NewCustomer, "id" | "columns">;
/** Words of closed lists and ids. */
const NOTHING_TO_ESCAPE = /^[\w/-]*$/;

type TextOf = (customer: Unnamed) => string;

/** Attributes whose value is in no column that a new customer brings. */
const REST: Readonly<Record<string, TextOf>> = {
  id: ({ id }) => quoted(id),
  exportKey: ({ columns }) =>
    quoted(`${String(columns["jurisdiction"])}/${String(columns["controller_id"])}`),
  // Nobody is an item of a transfer before it is there.
  transferIds: () => "[]",
};

const PARTS: readonly (readonly [key: string, TextOf])[] = partsOf();

/**
 * The text that a new customer's circumstances are named by: byte for byte that of
 * `customer_circumstances_body` in the database, which names every change after it.
 */
export function circumstancesText(customer: Unnamed): string {
  let text = "";
  for (const [key, textOf] of PARTS) text += key + textOf(customer);
  return `${text}}`;
}

/** In the order of jsonb, which puts short names first. */
function partsOf(): [string, TextOf][] {
  const read = [...CUSTOMER_TYPE.attributes.values()].filter(
    ({ name }) => name !== "circumstances",
  );
  return read
    .toSorted((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .map(({ name, column }, at) => [
      `${at === 0 ? "{" : ", "}${quoted(name)}: `,
      REST[name] ?? (({ columns }) => jsonText(columns[column])),
    ]);
}

/** A value as jsonb writes it: with a space behind each comma. */
function jsonText(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value))
    return value.length === 0 ? "[]" : `[${value.map((item) => quoted(String(item))).join(", ")}]`;
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

/** JSON escapes what jsonb does, and nothing else: well-formed texts come out alike. */
function quoted(text: string): string {
  return NOTHING_TO_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text);
}
