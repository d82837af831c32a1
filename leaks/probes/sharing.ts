import { fingerprint } from "../answer.ts";
import { doesNotApply, type Finding, type Lab, unless } from "../finding.ts";
import { fill, selecting } from "../target.ts";
import { betrayed, lookupOf } from "./paths.ts";
import { listQuestion } from "./predicates.ts";

const AT_ONCE = 12;
const SAMPLES = 15;

/** Row 28: both callers at once, the same document; and whether others may keep the answer. */
export async function sharedCaches(lab: Lab): Promise<Finding[]> {
  const { client, target } = lab;
  const query = selecting(target.object.lookup, ...lab.secrets.map(({ field }) => field));
  const question = lookupOf(lab, query);
  const like = { ignore: target.ignore };
  const alone = await client.ask("masked", question);
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, at) => {
      const as = at % 2 === 0 ? "reader" : "masked";
      return { as, answer: await client.ask(as, question) };
    }),
  );
  const mixed = answers
    .filter(({ as }) => as === "masked")
    .filter(({ answer }) => fingerprint(answer, like) !== fingerprint(alone, like));
  const keeping = alone.headers.get("cache-control") ?? "";
  const isKept = !/no-store|private/i.test(keeping);
  return [
    unless(
      mixed.map(() => "an answer of another caller"),
      "two callers at once",
      `${AT_ONCE} at once, each its own`,
    ),
    unless(isKept ? [`cache-control is “${keeping}”`] : [], "leave to keep the answer", keeping),
  ];
}

/** Row 27: how long a filter takes for the hidden value and for another. A figure, never a verdict. */
export async function timing(lab: Lab): Promise<Finding[]> {
  const probe = "time of a filter, hidden value against another";
  const [secret] = lab.secrets;
  const form = Object.values(lab.target.list?.filters ?? {})[0];
  if (secret === undefined || form === undefined)
    return [doesNotApply(probe, "the target names no filter")];
  const ask = async (VALUE: string): Promise<number> => {
    const filter = fill(form, { FIELD: secret.field, VALUE });
    return (await lab.client.ask("masked", listQuestion(lab, { filter }))).elapsedMs;
  };
  const hits: number[] = [];
  const misses: number[] = [];
  // In turns, so that whatever else the machine does falls on both.
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    hits.push(await ask(secret.value));
    misses.push(await ask(secret.other));
  }
  const detail = `medians ${median(hits).toFixed(1)} and ${median(misses).toFixed(1)} ms, ${SAMPLES} each; the hidden value is slower in ${(superiority(hits, misses) * 100).toFixed(0)} % of pairs`;
  return [{ verdict: "measured", probe, detail }];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Share of pairs in which the first is longer (Mann-Whitney U over n·m); one half means no difference. */
function superiority(first: readonly number[], second: readonly number[]): number {
  const wins = first.flatMap((one) =>
    second.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)),
  );
  return wins.reduce((sum: number, win) => sum + win, 0) / wins.length;
}

/** Row 38: other transports, bodies and paths give no more than the one that was asked. */
export async function otherTransports(lab: Lab): Promise<Finding[]> {
  const { client, target } = lab;
  const query = selecting(target.object.lookup, ...lab.secrets.map(({ field }) => field));
  const question = lookupOf(lab, query);
  const form = new URLSearchParams({
    query,
    variables: JSON.stringify(question.variables),
  }).toString();
  const { pathname } = new URL(client.connection.url);
  const ways: [string, Parameters<typeof client.send>[1]][] = [
    ["GET", { path: `${pathname}?${form}`, method: "GET" }],
    ["a form", { body: form, headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["plain text", { body: JSON.stringify(question), headers: { "content-type": "text/plain" } }],
    ["the document as body", { body: query, headers: { "content-type": "application/graphql" } }],
    ["a batch", { body: JSON.stringify([question, question]) }],
    ["CSV", { body: JSON.stringify(question), headers: { accept: "text/csv" } }],
  ];
  const leaks: string[] = [];
  for (const [name, sent] of ways)
    leaks.push(...betrayed(lab, await client.send("masked", sent), name));
  for (const path of target.paths)
    leaks.push(...betrayed(lab, await client.send("nobody", { path, method: "GET" }), path));
  const nobody = await client.ask("nobody", question);
  leaks.push(...betrayed(lab, nobody, "no token"));
  return [
    unless(
      leaks,
      "other methods, media types, batches, paths, no token",
      `${ways.length + target.paths.length + 1} asked, no hidden value`,
    ),
  ];
}
