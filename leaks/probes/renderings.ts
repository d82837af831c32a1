import { createHash, getHashes } from "node:crypto";
import { objectsIn, objectsWithId } from "../answer.ts";
import {
  closed,
  doesNotApply,
  type Finding,
  type Lab,
  open,
  type Secret,
  unless,
} from "../finding.ts";
import { selecting } from "../target.ts";
import { betrayed, lookupOf } from "./paths.ts";
import { listQuestion } from "./predicates.ts";

const SHORTEST_DIGEST = 6;
const ONLY_MASK = /^[*•#xX]+$/;

/** Row 22: a rendering is no digest that a dictionary could undo. */
export async function digests({ secrets }: Lab): Promise<Finding[]> {
  const probe = "renderings against digests of the value without a key";
  const shown = secrets.filter((secret) => typeof secret.shown === "string");
  if (shown.length === 0) return [doesNotApply(probe, "no protected field is shown at all")];
  const leaks = shown
    .filter((secret) => isDigest(String(secret.shown), secret.value))
    .map(({ field }) => `${field} is shown as a digest of its value`);
  return [
    unless(leaks, probe, `${shown.length} renderings, ${getHashes().length} digests, no match`),
  ];
}

function isDigest(shown: string, value: string): boolean {
  const bare = shown.replace(/^[a-z]+[_:]/i, "").toLowerCase();
  if (bare.length < SHORTEST_DIGEST) return false;
  const spellings = new Set([
    value,
    value.toLowerCase(),
    value.toUpperCase(),
    value.replace(/\D/g, ""),
  ]);
  return [...spellings].some((spelling) =>
    getHashes().some((name) => {
      const digest = digestOrNull(name, spelling);
      const forms =
        digest === null
          ? []
          : (["hex", "base64", "base64url"] as const).map((form) => digest.toString(form));
      return forms.some((form) => form.toLowerCase().startsWith(bare));
    }),
  );
}

function digestOrNull(name: string, text: string): Buffer | null {
  try {
    return createHash(name).update(text).digest();
  } catch {
    // OpenSSL lists digests that its default provider no longer carries.
    return null;
  }
}

/** Row 23: a mask that shows nothing does not show a length either. */
export async function maskLengths(lab: Lab): Promise<Finding[]> {
  const probe = "lengths of masks that show nothing";
  const rows = await shownRows(lab);
  const lengths = lab.secrets.map(({ field }) => ({
    field,
    found: new Set(
      rows
        .map((row) => row[field])
        .filter((shown) => typeof shown === "string" && ONLY_MASK.test(shown))
        .map((shown) => String(shown).length),
    ),
  }));
  if (lengths.every(({ found }) => found.size === 0))
    return [doesNotApply(probe, "no field is shown as a mere mask")];
  const leaks = lengths
    .filter(({ found }) => found.size > 1)
    .map(({ field, found }) => `${field}: ${[...found].join(", ")} characters`);
  return [unless(leaks, probe, `${rows.length} rows, one length a field`)];
}

/** Row 24: whatever a row holds, what is shown of it looks masked. */
export async function oddValues(lab: Lab): Promise<Finding[]> {
  const probe = "every row of a page looks masked";
  const rows = await shownRows(lab);
  if (rows.length === 0)
    return [doesNotApply(probe, "the target names no list, or the list is empty")];
  const leaks = lab.secrets.flatMap(({ field, masked }) =>
    rows
      .filter((row) => row[field] != null && !masked.test(textOf(row[field])))
      .map((row) => `${field} of ${JSON.stringify(row["id"])}`),
  );
  return [unless(leaks, probe, `${rows.length} rows, ${lab.secrets.length} fields`)];
}

/** Row 25: what several requests show of one field, laid over one another. */
export async function combinedMasks(lab: Lab): Promise<Finding[]> {
  const probe = "renderings by every way, laid over one another";
  const { lookup, ways, id } = lab.target.object;
  const seen = new Map(lab.secrets.map(({ field }) => [field, new Set<string>()]));
  for (const document of [lookup, ...Object.values(ways)]) {
    const query = selecting(document, ...seen.keys());
    const answer = await lab.client.ask("masked", lookupOf(lab, query));
    for (const object of objectsWithId(answer, id))
      for (const [field, renderings] of seen)
        if (typeof object[field] === "string") renderings.add(object[field]);
  }
  const several = lab.secrets.filter(({ field }) => (seen.get(field)?.size ?? 0) > 1);
  const whole = several.filter((secret) => addsUp(secret, [...(seen.get(secret.field) ?? [])]));
  if (whole.length > 0)
    return [open(probe, whole.map(({ field }) => `${field} adds up`).join(", "))];
  return [
    closed(
      probe,
      several.length === 0
        ? "one rendering a field"
        : `${several.length} fields with several, none adds up`,
    ),
  ];
}

function addsUp({ value }: Secret, renderings: readonly string[]): boolean {
  return Array.from(value).every((letter, at) =>
    renderings.some((shown) => Array.from(shown)[at] === letter),
  );
}

/** Row 26: fields that follow from a protected one are not clearer than it. */
export async function derivedFields(lab: Lab): Promise<Finding[]> {
  const probe = "fields that follow from a protected one";
  const fields = [...new Set(lab.secrets.flatMap(({ derived }) => derived))];
  if (fields.length === 0) return [doesNotApply(probe, "the target names none")];
  const { lookup, id } = lab.target.object;
  const question = lookupOf(lab, selecting(lookup, ...fields));
  const [clear] = objectsWithId(await lab.client.ask("reader", question), id);
  const answer = await lab.client.ask("masked", question);
  const [shown] = objectsWithId(answer, id);
  const leaks = fields.filter((field) => shown?.[field] != null && shown[field] === clear?.[field]);
  return [
    unless(
      [...leaks.map((field) => `${field} in clear`), ...betrayed(lab, answer, "the answer")],
      probe,
      `${fields.join(", ")}: none in clear`,
    ),
  ];
}

function textOf(shown: unknown): string {
  return typeof shown === "string" ? shown : JSON.stringify(shown);
}

async function shownRows(lab: Lab): Promise<Record<string, unknown>[]> {
  if (lab.target.list === null) return [];
  const fields = lab.secrets.map(({ field }) => field);
  const answer = await lab.client.ask("masked", listQuestion(lab, {}, ...fields));
  return objectsIn(answer.body.data).filter(
    (row) => "id" in row && fields.every((field) => field in row),
  );
}
