import { type Level, linesOf } from "./levels.ts";

/** Domain 5.3: what a field, not itself in clear, is at most where another is given so much. */
const TABLE = `
field    | beside    | from    | most
idNumber | birthDate | CLEAR   | TOKEN
address  | idNumber  | CLEAR   | TOKEN
taxNo    | idNumber  | PARTIAL | TOKEN
`;

/** One line of the table. */
export interface JointLine {
  readonly field: string;
  readonly beside: string;
  readonly from: Level;
  readonly most: Level;
}

const LINES: readonly JointLine[] = linesOf(TABLE).map(([field = "", beside = "", from, most]) => ({
  field,
  beside,
  from: from as Level,
  most: most as Level,
}));

/** What is said of a field. */
export function jointlyOf(name: string): JointLine[] {
  return LINES.filter(({ field }) => field === name);
}
