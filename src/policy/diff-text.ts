import type { FieldChange, RowChange, VerbChange } from "./diff.ts";
import { directionOf } from "./diff.ts";
import { LACKS_NOTHING } from "./diff-callers.ts";

/** On how many rows, in words: ` on 1,204 rows`, or nothing where it was not counted. */
export type RowsInWords = string;

/** A change of fields as a sentence that can be read aloud. */
export function fieldSentence(change: FieldChange, rows: RowsInWords = ""): string {
  const { from, to, type, fields, category } = change;
  const names = `${type} ${listed(fields)} (${category})`;
  switch (directionOf(change)) {
    case "WIDER": {
      const before = from === "NONE" ? "" : ` instead of ${from}`;
      return `${whoOf(change)} gains ${names} at ${to}${before}${rows}.`;
    }
    case "NARROWER":
      return to === "NONE"
        ? `${whoOf(change)} loses ${names}, ${from} before${rows}.`
        : `${whoOf(change)} gets ${names} at ${to} instead of ${from}${rows}.`;
    case "REASON":
      return `${whoOf(change)} is told ${reasons(change.reasonsAfter)} instead of ${reasons(change.reasonsBefore)} as the reason of ${names} at ${to}.`;
  }
}

/** A change of visible rows as a sentence. */
export function rowSentence(change: RowChange, rows: RowsInWords = ""): string {
  const verb = change.isGained ? "begins to see" : "no longer sees";
  return `${whoOf(change)} ${verb} some rows of ${change.type}${rows}.`;
}

/** A change of verbs as a sentence. */
export function verbSentence(change: VerbChange): string {
  const verb = change.isGained ? "gains" : "loses";
  const about =
    change.fields.length === 0 ? change.type : `${change.type} ${listed(change.fields)}`;
  return `${whoOf(change)} ${verb} the verb ${change.verb} on ${about}.`;
}

function whoOf({
  role,
  purpose,
  situations,
}: {
  readonly role: string;
  readonly purpose: string;
  readonly situations: readonly string[];
}): string {
  const others = situations.filter((situation) => situation !== LACKS_NOTHING);
  const also = situations.length > others.length ? "also " : "";
  const remark = others.length === 0 ? "" : ` (${also}${others.join(", ")})`;
  return `${role}${remark} for ${purpose}`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

function reasons(codes: readonly string[]): string {
  return codes.length === 0 ? "no reason" : codes.join(" or ");
}
