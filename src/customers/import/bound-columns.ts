import { BootError } from "../../lib/boot-error.ts";
import { didYouMean } from "../../lib/did-you-mean.ts";
import { objectTemplate } from "../../lib/object-template.ts";
import type { CustomerField } from "../customer-record.ts";
import { REQUIRED_FIELDS } from "../validation/field-rules.ts";
import type { ColumnMapping, ColumnTarget } from "./column-mapping.ts";
import { refusalOf } from "./refused-columns.ts";

/** Cells of a row by field, as the ledger wrote them; `null` where it wrote nothing. */
export type MappedFields = Partial<Record<CustomerField, string>>;

/** The headings of one file, understood. */
export interface BoundColumns {
  /** Values by field; words of the ledger are translated. */
  readonly read: (cells: readonly string[]) => MappedFields;
  /** Heading under which the file has a field; the field's own name where it has none. */
  readonly headingOf: (field: CustomerField) => string;
}

interface BoundColumn {
  readonly index: number;
  readonly heading: string;
  readonly target: ColumnTarget;
}

/** Understands the headings of a file, or says everything that stands in the way of it. */
export function bindColumns({
  headings,
  mapping,
}: {
  headings: readonly string[];
  mapping: ColumnMapping;
}): BoundColumns {
  const columns: BoundColumn[] = [];
  const problems: string[] = [];
  headings.forEach((written, index) => {
    const heading = written.trim();
    const refusal = refusalOf(heading);
    const target = mapping.columns.get(heading);
    if (refusal) problems.push(refusal);
    else if (target) columns.push({ index, heading, target });
    else if (!mapping.ignored.has(heading)) problems.push(unknownHeading(heading, mapping));
  });
  problems.push(...doublets(columns), ...missing(columns));
  if (problems.length > 0) throw new BootError(problems);

  const headingByField = new Map(columns.map(({ heading, target }) => [target.field, heading]));
  const empty = objectTemplate(columns.map(({ target }) => target.field));
  return {
    read: (cells) => readCells({ columns, cells, fields: { ...empty } as object }),
    headingOf: (field) => headingByField.get(field) ?? field,
  };
}

function readCells(from: {
  columns: readonly BoundColumn[];
  cells: readonly string[];
  /** A field for each column, to be filled. */
  fields: MappedFields;
}): MappedFields {
  const { columns, cells, fields } = from;
  for (const { index, target } of columns) {
    const cell = cells[index] ?? "";
    fields[target.field] = cell;
    // Most headings are words for a field and nothing else.
    if (target.values.size + target.sets.length === 0) continue;
    const trimmed = cell.trim();
    fields[target.field] = target.values.get(trimmed) ?? cell;
    if (trimmed !== "") for (const [field, value] of target.sets) fields[field] ??= value;
  }
  return fields;
}

function unknownHeading(heading: string, { columns, ignored }: ColumnMapping): string {
  const hint = didYouMean(heading, [...columns.keys(), ...ignored]);
  return `Unknown column "${heading}".${hint} Map it to a field or list it under "ignore" in the mapping file.`;
}

/** Two columns for one field: taking either would drop the other in silence. */
function doublets(columns: readonly BoundColumn[]): string[] {
  const first = new Map<CustomerField, string>();
  return columns.flatMap(({ heading, target: { field } }) => {
    const earlier = first.get(field);
    first.set(field, earlier ?? heading);
    return earlier === undefined
      ? []
      : [`Columns "${earlier}" and "${heading}" are both the field ${field}.`];
  });
}

function missing(columns: readonly BoundColumn[]): string[] {
  const present = new Set(columns.map(({ target }) => target.field));
  return [...REQUIRED_FIELDS]
    .filter((field) => !present.has(field))
    .map((field) => `No column for the field ${field}, without which no customer can be kept.`);
}
