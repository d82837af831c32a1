import { publicError } from "../errors.ts";

/** @throws VALIDATION_FAILED unless it is a whole number of minutes that policy allows */
export function readMinutes(minutes: number, mostMinutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > mostMinutes)
    throw publicError("VALIDATION_FAILED", { field: "minutes", max: mostMinutes });
  return minutes;
}

/** @throws VALIDATION_FAILED for a list that is empty, names a field twice or is longer than any record */
export function readFieldNames(fields: readonly string[], known: ReadonlySet<string>): string[] {
  const fault =
    fields.length === 0
      ? "required"
      : new Set(fields).size < fields.length
        ? "repeated"
        : fields.every((name) => known.has(name))
          ? null
          : "unknown";
  if (fault !== null) throw publicError("VALIDATION_FAILED", { field: "fields", fault });
  return fields.toSorted();
}
