import { type Answer, betrays, codesOf, objectsWithId } from "../answer.ts";
import type { Question } from "../client.ts";
import { closed, doesNotApply, type Finding, type Lab, unless } from "../finding.ts";
import { selecting } from "../target.ts";

/** Row 12: other names for the field, among them the name of one that may be read. */
export async function aliases(lab: Lab): Promise<Finding[]> {
  const { target, secrets } = lab;
  const { type, lookup, siblings } = target.object;
  const innocent = siblings.find((name) => name !== "id");
  const leaks: string[] = [];
  for (const { field } of secrets) {
    const query = selecting(
      lookup,
      `${field} otherName: ${field} __typenam_: ${field} ... on ${type} { inFragment: ${field} }`,
    );
    const names = ["otherName", "__typenam_", "inFragment"];
    leaks.push(...(await differing(lab, { question: lookupOf(lab, query), field, names })));
    if (innocent === undefined) continue;
    const borrowed = selecting(lookup, `${innocent}: ${field} ${field}: ${innocent}`);
    const answer = await lab.client.ask("masked", lookupOf(lab, borrowed));
    leaks.push(...betrayed(lab, answer, `${field} called ${innocent}`));
  }
  return [
    unless(leaks, "aliases, fragments, borrowed names", `${secrets.length} fields shown alike`),
  ];
}

/** Row 35: interfaces, lists and nested objects lead to the same rendering. */
export async function ways(lab: Lab): Promise<Finding[]> {
  const entries = Object.entries(lab.target.object.ways);
  if (entries.length === 0)
    return [doesNotApply("other ways to the object", "the target names none")];
  const findings: Finding[] = [];
  for (const [name, document] of entries) {
    const fields = lab.secrets.map(({ field }) => field);
    const answer = await lab.client.ask("masked", lookupOf(lab, selecting(document, ...fields)));
    const probe = `by way of ${name}`;
    const found = objectsWithId(answer, lab.target.object.id);
    const leaks = betrayed(lab, answer, name);
    for (const { field, shown } of lab.secrets)
      for (const object of found)
        if (JSON.stringify(object[field]) !== JSON.stringify(shown))
          leaks.push(`${field} is shown otherwise`);
    findings.push(
      found.length === 0 && leaks.length === 0
        ? doesNotApply(
            probe,
            `the object is not there (${codesOf(answer).join(", ") || "no error"})`,
          )
        : unless(leaks, probe, `${fields.length} fields shown as by the lookup`),
    );
  }
  return findings;
}

/** Row 34: what is refused takes nothing else with it. */
export async function nullPropagation(lab: Lab): Promise<Finding[]> {
  const { target, secrets, schema } = lab;
  const { lookup, siblings, id, type } = target.object;
  const fields = [
    ...siblings.filter((name) => name !== "id"),
    ...secrets.map(({ field }) => field),
  ];
  const answer = await lab.client.ask("masked", lookupOf(lab, selecting(lookup, ...fields)));
  const [object] = objectsWithId(answer, id);
  const missing = siblings.filter((name) => object?.[name] === undefined);
  const rigid = secrets
    .filter(({ field }) => schema?.field(type, field)?.type.kind === "NON_NULL")
    .map(({ field }) => `${field} is not nullable`);
  return [
    unless(
      [...missing.map((name) => `${name} went away with a refused field`), ...rigid],
      "protected fields beside others",
      `${siblings.length} siblings stay; protected fields are nullable`,
    ),
  ];
}

/** Row 21: what is shown is the same each time. */
export async function repeatedReads(lab: Lab): Promise<Finding[]> {
  const query = selecting(lab.target.object.lookup, ...lab.secrets.map(({ field }) => field));
  const leaks: string[] = [];
  for (let time = 0; time < 8; time += 1) {
    const answer = await lab.client.ask("masked", lookupOf(lab, query));
    const [object] = objectsWithId(answer, lab.target.object.id);
    for (const { field, shown } of lab.secrets)
      if (JSON.stringify(object?.[field]) !== JSON.stringify(shown)) leaks.push(`${field} varies`);
  }
  return [unless([...new Set(leaks)], "eight reads of the same fields", "the same eight times")];
}

/** Row 31: history tells of the record what the record itself tells. */
export async function history(lab: Lab): Promise<Finding[]> {
  return scanned(lab, { probe: "history of the object", documents: lab.target.history });
}

/** Documents whose answers must hold no hidden value and none of some words. */
export async function scanned(
  lab: Lab,
  { probe, documents, never }: { probe: string; documents: readonly string[]; never?: RegExp },
): Promise<Finding[]> {
  if (documents.length === 0) return [doesNotApply(probe, "the target names no such document")];
  const leaks: string[] = [];
  const codes = new Set<string>();
  for (const query of documents) {
    const answer = await lab.client.ask("masked", lookupOf(lab, query));
    for (const code of codesOf(answer)) codes.add(code);
    leaks.push(...betrayed(lab, answer, "the answer"));
    const word = never?.exec(answer.text)?.[0];
    if (word !== undefined) leaks.push(`the answer holds “${word}”`);
  }
  if (leaks.length > 0) return [unless(leaks, probe, "")];
  return [
    closed(
      probe,
      `${documents.length} documents; ${[...codes].join(", ") || "data"}, no hidden value`,
    ),
  ];
}

/** The fields whose hidden value an answer holds. */
export function betrayed({ secrets }: Lab, answer: Answer, where: string): string[] {
  return secrets
    .filter(({ value }) => betrays(answer, value))
    .map(({ field }) => `${where}: ${field} in clear`);
}

/** A lookup of the object by a document. */
export function lookupOf({ target }: Pick<Lab, "target">, query: string): Question {
  return { query, variables: query.includes("$id") ? { id: target.object.id } : {} };
}

async function differing(
  lab: Lab,
  { question, field, names }: { question: Question; field: string; names: readonly string[] },
): Promise<string[]> {
  const answer = await lab.client.ask("masked", question);
  const [object] = objectsWithId(answer, lab.target.object.id);
  const plain = JSON.stringify(lab.secrets.find((secret) => secret.field === field)?.shown);
  const others = names.filter((name) => JSON.stringify(object?.[name]) !== plain);
  return [
    ...others.map((name) => `${field} called ${name} is shown otherwise`),
    ...betrayed(lab, answer, field),
  ];
}
