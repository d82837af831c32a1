import type { Sequence, TypeDefinition } from "../classification/catalog.ts";
import { snakeCase } from "../lib/snake-case.ts";
import { type KnownTest, knownTests } from "./known-tests.ts";
import type { PageRequest, ReadRequest } from "./read-request.ts";
import { ROW_ALIAS } from "./read-source.ts";
import { dayOf, endOfDays } from "./sql-filter.ts";
import { canHold } from "./sql-kind.ts";
import { combine } from "./sql-logic.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** The organisation under which words of every row stand (RFC 9562 section 5.9: the nil uuid). */
const ANY_ORGANISATION = "00000000-0000-0000-0000-000000000000";

/** Where a page of a sequence is looked for: a select of numbers of blocks in the order of the page. */
export interface Blocks {
  readonly select: string;
  readonly descending: boolean;
  /** The block of a row, on the way through the blocks: `b` is one of `select`. */
  readonly holds: string;
}

/**
 * The blocks of a sequence that have every word which the rows of a page are known to have. They only
 * narrow where to look: what is found there must still pass the condition and the filter. Null where
 * nothing is known by which there are blocks, or where an index finds the few rows there are.
 */
export function blocksOf(
  { type, visible }: Pick<ReadRequest, "type" | "visible">,
  page: PageRequest,
  parameters: SqlParameters,
): Blocks | null {
  const { sequence } = type;
  if (sequence === null) return null;
  const descending = directionOf(type, page);
  const { blocks } = sequence;
  const known = knownTests(visible, page.filter);
  if (descending === null || known.some(({ name }) => blocks.rarer.includes(name))) return null;
  const entries = entriesOf(known, sequence);
  const [first, ...others] = entries;
  if (first === undefined) return null;
  const entry = ({ word, organisationId }: Entry, alias: string): string =>
    `${alias}.word = ${parameters.add(word, "text")} and ${alias}.organisation_id = ${parameters.add(organisationId, "uuid")}`;
  const where = [
    entry(first, "b"),
    ...boundsOf(known, { sequence, parameters }).map(
      ({ sign, number }) => `b.block ${sign} ${number} >> ${blocks.bits}`,
    ),
    ...startOf(page, { descending, bits: blocks.bits, parameters }),
  ];
  const joins = others.map(
    (other, place) =>
      ` join ${blocks.table} b${place} on b${place}.block = b.block and ${entry(other, `b${place}`)}`,
  );
  const number = `${ROW_ALIAS}.${snakeCase(sequence.field)}`;
  return {
    descending,
    select: `select b.block from ${blocks.table} b${joins.join("")} where ${combine("all", where)} order by b.block ${descending ? "desc" : "asc"}`,
    holds: `${number} >= b.block << ${blocks.bits} and ${number} < (b.block + 1) << ${blocks.bits}`,
  };
}

/** Null where the page is in another order than that of the sequence. */
function directionOf(type: TypeDefinition, { order, backwards }: PageRequest): boolean | null {
  const [first] = order;
  if (first !== undefined && first.field.name !== type.sequence?.field) return null;
  return (first?.descending ?? true) !== backwards;
}

interface Entry {
  readonly word: string;
  readonly organisationId: string;
}

/** Every known word under every organisation of which it is known that the rows concern it. */
function entriesOf(known: readonly KnownTest[], { blocks }: Sequence): Entry[] {
  const values = known.flatMap(({ name, operator, value }) =>
    operator === "has" && canHold("text", value) ? [{ name, value: String(value) }] : [],
  );
  const organisations = values.filter(
    ({ name, value }) => name === blocks.organisations && canHold("uuid", value),
  );
  const words = values.flatMap(({ name, value }) =>
    Object.hasOwn(blocks.words, name) ? [`${blocks.words[name]}${value}`] : [],
  );
  if (organisations.length === 0)
    return words.map((word) => ({ word, organisationId: ANY_ORGANISATION }));
  return organisations.flatMap(({ value: organisationId }) =>
    (words.length === 0 ? [""] : words).map((word) => ({ word, organisationId })),
  );
}

/** Between which numbers rows of a known time are. */
function boundsOf(
  known: readonly KnownTest[],
  { sequence, parameters }: { sequence: Sequence; parameters: SqlParameters },
): { sign: string; number: string }[] {
  return known.flatMap(({ name, operator, value }) => {
    if (operator === "has") return [];
    if (name === sequence.time && canHold("timestamptz", value)) {
      const day = dayOf(operator, parameters.add(value, "timestamptz"));
      return [endOfDays(operator, day, sequence)];
    }
    if (name !== sequence.day || !canHold("date", value)) return [];
    return [endOfDays(operator, parameters.add(value, "date"), sequence)];
  });
}

function startOf(
  { from }: PageRequest,
  {
    descending,
    bits,
    parameters,
  }: { descending: boolean; bits: number; parameters: SqlParameters },
): string[] {
  const [place] = from ?? [];
  if (place === undefined || place === null) return [];
  return [`b.block ${descending ? "<=" : ">="} ${parameters.add(place, "bigint")} >> ${bits}`];
}
