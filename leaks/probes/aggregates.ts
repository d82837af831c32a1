import { type Answer, codesOf, isAnswered } from "../answer.ts";
import { doesNotApply, type Finding, type Lab, unless } from "../finding.ts";
import { judgePairs } from "../pairs.ts";
import { fill } from "../target.ts";
import { betrayed } from "./paths.ts";
import { absentFromSchema } from "./surfaces.ts";

const GROUPING = /[aA]ggregate|groupBy|[dD]istinct|[sS]tat(s|istics)$/;
const EXTREMES = /^(min|max|sum|avg|average)([A-Z_]|$)/;

/** Row 5: groups by a protected field. */
export async function groups(lab: Lab): Promise<Finding[]> {
  return grouped(lab, {
    probe: "groups by a protected field",
    fields: lab.secrets.map(({ field }) => field),
  });
}

/** Row 6: one value of a protected field stands for many. */
export async function extremes(lab: Lab): Promise<Finding[]> {
  return absentFromSchema(lab, {
    probe: "sums and extremes",
    find: (schema) => schema.fieldsNamed(EXTREMES),
  });
}

/** Row 40: groups of a few, and counts of those who have the hidden value. */
export async function smallGroups(lab: Lab): Promise<Finding[]> {
  const { allowed: fields, counted, documents } = lab.target.aggregates;
  const findings = await grouped(lab, { probe: "sizes of groups that may be asked for", fields });
  const forms = Object.entries(lab.target.list?.filters ?? {});
  if (counted === null || documents.length === 0) return findings;
  const pairs = lab.secrets.flatMap((secret) =>
    forms.map(([name, form]) => ({
      secret,
      name: `${secret.field} ${name}`,
      question: (value: string) => ({
        query: counted,
        variables: { filter: fill(form, { FIELD: secret.field, VALUE: value }) },
      }),
    })),
  );
  return [...findings, await judgePairs(lab, { probe: "counts under a filter", pairs })];
}

async function grouped(
  lab: Lab,
  { probe, fields }: { probe: string; fields: readonly string[] },
): Promise<Finding[]> {
  const { documents, leastGroup } = lab.target.aggregates;
  if (documents.length === 0)
    return absentFromSchema(lab, { probe, find: (schema) => schema.fieldsNamed(GROUPING) });
  if (fields.length === 0) return [doesNotApply(probe, "the target names no field")];
  const leaks: string[] = [];
  const told = new Set<string>();
  for (const document of documents)
    for (const field of fields) {
      const answer = await lab.client.ask("masked", { query: document.replaceAll("FIELD", field) });
      for (const code of codesOf(answer)) told.add(code);
      if (isAnswered(answer)) told.add("data");
      leaks.push(...betrayed(lab, answer, `groups of ${field}`));
      if (sizesIn(answer).some((size) => size < leastGroup))
        leaks.push(`${field} has a group of less than ${leastGroup}`);
    }
  if (told.size > 0 && [...told].every((code) => lab.target.unknown.includes(code)))
    return [doesNotApply(probe, "the API takes no such question")];
  return [unless(leaks, probe, `${fields.length} fields, answered with ${[...told].join(", ")}`)];
}

function sizesIn(answer: Answer): number[] {
  const sizes = answer.text.matchAll(/"(?:count|size|rows|totalCount)":(\d+)/g);
  return [...sizes].map((match) => Number(match[1]));
}
