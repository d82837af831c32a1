import { codesOf, isAnswered, valuesNamed } from "../answer.ts";
import { doesNotApply, type Finding, type Lab, unless } from "../finding.ts";
import { listQuestion } from "./predicates.ts";

const READABLE = /^[\t\n\r\u0020-\u{10FFFF}]{4,}$/u;

/** Row 8: what a cursor shows to whoever decodes it. */
export async function cursorContents(lab: Lab): Promise<Finding[]> {
  const probe = "cursors decoded from base64 and hexadecimal";
  const cursors = await cursorsOf(lab);
  if (cursors.length === 0) return [doesNotApply(probe, "the list gives no cursors")];
  const leaks = cursors.flatMap((cursor) =>
    readings(cursor).flatMap((text) => [
      ...lab.secrets
        .filter(({ value }) => text.includes(value))
        .map(({ field }) => `holds ${field}`),
      ...(isStructured(text) && !isOfShownThings(text) ? ["more than ids can be read"] : []),
    ]),
  );
  return [unless([...new Set(leaks)], probe, `${cursors.length} cursors, none readable`)];
}

/** Row 9: cursors with a changed byte, of another caller, or with a value of one's own choice. */
export async function forgedCursors(lab: Lab): Promise<Finding[]> {
  const probe = "cursors changed, borrowed and made up";
  const [cursor] = await cursorsOf(lab);
  if (cursor === undefined) return [doesNotApply(probe, "the list gives no cursors")];
  const borrowed = valuesNamed(await lab.client.ask("reader", listQuestion(lab, {})), "cursor")[0];
  const forged: [string, string][] = [
    ["a changed character", changed(cursor)],
    ["a character less", cursor.slice(0, -1)],
    ...(typeof borrowed === "string" ? [["the reader's", borrowed] as [string, string]] : []),
    ...lab.secrets.flatMap(({ field, value }) =>
      [[value], [value, lab.target.object.id], { [field]: value }].map(
        (content): [string, string] => [
          `one with a ${field} of choice`,
          Buffer.from(JSON.stringify(content)).toString("base64url"),
        ],
      ),
    ),
  ];
  const leaks: string[] = [];
  const codes = new Set<string>();
  for (const [name, after] of forged) {
    const answer = await lab.client.ask("masked", listQuestion(lab, { after }));
    for (const code of codesOf(answer)) codes.add(code);
    if (isAnswered(answer)) leaks.push(`${name} is taken`);
  }
  return [
    unless([...new Set(leaks)], probe, `${forged.length} refused with ${[...codes].join(", ")}`),
  ];
}

async function cursorsOf(lab: Lab): Promise<string[]> {
  if (lab.target.list === null) return [];
  const orderBy = lab.target.list.allowedOrder;
  const asked = [{}, ...(orderBy === null ? [] : [{ orderBy }])];
  const found: unknown[] = [];
  for (const variables of asked)
    found.push(
      ...valuesNamed(await lab.client.ask("masked", listQuestion(lab, variables)), "cursor"),
    );
  return found.filter((cursor) => typeof cursor === "string");
}

function readings(cursor: string): string[] {
  const decoded = (["base64", "base64url", "hex"] as const).map((encoding) =>
    Buffer.from(cursor, encoding).toString("utf8"),
  );
  return [cursor, ...decoded].filter((text) => READABLE.test(text) && !text.includes("\uFFFD"));
}

/** Lists and objects of JSON, or words with separators, are meant to be read by the server only. */
function isStructured(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** A cursor of ids alone tells nothing that the rows do not. */
function isOfShownThings(text: string): boolean {
  try {
    const parts = Object.values(JSON.parse(text) as object);
    return parts.every((part) => typeof part === "string" && /^[0-9a-f-]{36}$/i.test(part));
  } catch {
    return false;
  }
}

function changed(cursor: string): string {
  const middle = Math.floor(cursor.length / 2);
  const letter = cursor[middle] === "A" ? "B" : "A";
  return cursor.slice(0, middle) + letter + cursor.slice(middle + 1);
}
