import { type Answer, codesOf, fingerprint, isAnswered, objectsWithId } from "../answer.ts";
import type { Question } from "../client.ts";
import { doesNotApply, type Finding, type Lab, type Secret, unless } from "../finding.ts";
import { fill, selecting } from "../target.ts";
import { betrayed } from "./paths.ts";

const NO_WRITE = "the target names no change";

/** Row 17: a value that somebody has already against one that nobody has. */
export async function uniqueness(lab: Lab): Promise<Finding[]> {
  const probe = "a value that is there already against a free one";
  const secrets = writable(lab);
  if (secrets.length === 0) return [doesNotApply(probe, NO_WRITE)];
  const { id } = lab.target.object;
  const leaks: string[] = [];
  const codes = new Set<string>();
  for (const { field, value: taken, other: free } of secrets) {
    // Only as the masked caller: the reader's change might be carried out.
    const one = await lab.client.ask("masked", change(lab, { field, value: taken, id }));
    const two = await lab.client.ask("masked", change(lab, { field, value: free, id }));
    for (const code of codesOf(one)) codes.add(code);
    const like = { ignore: lab.target.ignore, alike: [taken, free] };
    if (fingerprint(one, like) !== fingerprint(two, like))
      leaks.push(`${field}: a taken value is told from a free one`);
  }
  return [
    unless(leaks, probe, `${secrets.length} fields; both ${[...codes].join(", ") || "answered"}`),
  ];
}

/** Row 18: a reference to what is hidden against one to nothing. */
export async function references(lab: Lab): Promise<Finding[]> {
  const probe = "a change of a hidden object against one of none";
  const { hidden, absent } = lab.target.object;
  const [secret] = writable(lab);
  if (secret === undefined || hidden === null) return [doesNotApply(probe, NO_WRITE)];
  const { field, other: value } = secret;
  const one = await lab.client.ask("masked", change(lab, { field, value, id: hidden }));
  const other = await lab.client.ask("masked", change(lab, { field, value, id: absent }));
  const like = { ignore: lab.target.ignore, alike: [hidden, absent] };
  const leaks = fingerprint(one, like) === fingerprint(other, like) ? [] : ["the answers differ"];
  return [unless(leaks, probe, `both ${codesOf(one).join(", ") || "answered"}`)];
}

/** Row 19: what a change gives back is decided like any other reading. */
export async function payloads(lab: Lab): Promise<Finding[]> {
  const probe = "what a change gives back";
  const secrets = writable(lab);
  if (secrets.length === 0) return [doesNotApply(probe, NO_WRITE)];
  const { id } = lab.target.object;
  const leaks: string[] = [];
  const codes = new Set<string>();
  for (const { field, other: value } of secrets) {
    const answer = await lab.client.ask("masked", change(lab, { field, value, id }));
    for (const code of codesOf(answer)) codes.add(code);
    leaks.push(...betrayed(lab, answer, `payload of a change of ${field}`));
  }
  return [unless(leaks, probe, `${[...codes].join(", ") || "answered"}, no hidden value`)];
}

/** Row 37: masks are not written back, and who may not read a field in clear does not change it. */
export async function masksWrittenBack(lab: Lab): Promise<Finding[]> {
  const probe = "a mask written back, and a value written without reading";
  const secrets = writable(lab);
  if (secrets.length === 0) return [doesNotApply(probe, NO_WRITE)];
  const { id } = lab.target.object;
  const leaks: string[] = [];
  for (const { field, shown, other } of secrets)
    for (const value of [shown, "******", other]) {
      const answer = await lab.client.ask("masked", change(lab, { field, value, id }));
      if (isAnswered(answer)) leaks.push(`${field} was changed by one who does not read it`);
    }
  for (const { field, value } of await valuesNow(lab))
    if (secrets.some((secret) => secret.field === field && secret.value !== value))
      leaks.push(`${field} has another value now`);
  return [
    unless(
      [...new Set(leaks)],
      probe,
      `${secrets.length} fields, every change refused, values as before`,
    ),
  ];
}

async function valuesNow(lab: Lab): Promise<{ field: string; value: unknown }[]> {
  const { id, lookup } = lab.target.object;
  const query = selecting(lookup, ...lab.secrets.map(({ field }) => field));
  const answer: Answer = await lab.client.ask("reader", { query, variables: { id } });
  const [object] = objectsWithId(answer, id);
  return lab.secrets.map(({ field }) => ({ field, value: object?.[field] }));
}

function writable({ target, secrets }: Lab): Secret[] {
  return secrets.filter(({ field }) => target.write?.fields.includes(field));
}

function change(
  { target, secrets }: Lab,
  { field, value, id }: { field: string; value: unknown; id: string },
): Question {
  const fields = secrets.map((secret) => secret.field);
  return {
    query: selecting(target.write?.document ?? "", ...fields),
    variables: fill(target.write?.variables, { FIELD: field, VALUE: value, ID: id }),
  };
}
