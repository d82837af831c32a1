import { type Answer, betrays, fingerprint } from "../answer.ts";
import type { Question } from "../client.ts";
import { doesNotApply, type Finding, type Lab, unless } from "../finding.ts";
import { fill, selecting } from "../target.ts";
import { listQuestion } from "./predicates.ts";

const CANARY = "canary-5e1d07";

/** Words of databases, drivers and stack traces. */
const INSIDES =
  /SQLSTATE|syntax error at|violates|duplicate key|relation "|column "|\bat [\w.<>]+ \(|node_modules|Seq Scan|\bselect\s.+\sfrom\s|\bORA-\d|stacktrace/i;

/** Rows 15 and 20: errors say what was wrong with the question, and nothing of what lies behind. */
export async function errorEchoes(lab: Lab): Promise<Finding[]> {
  const leaks: string[] = [];
  const questions = wrongQuestions(lab);
  for (const [name, question] of questions) {
    const answer = await lab.client.ask("masked", question);
    if (betrays(answer, CANARY)) leaks.push(`${name} is repeated`);
    for (const { field, value } of lab.secrets)
      if (betrays(answer, value)) leaks.push(`${name}: ${field} in the error`);
    const word = INSIDES.exec(answer.text)?.[0];
    if (word !== undefined) leaks.push(`${name}: “${word}”`);
  }
  return [
    unless(
      leaks,
      "values of the wrong type, in variables and literals",
      `${questions.length} errors without value or driver's words`,
    ),
  ];
}

function wrongQuestions(lab: Lab): [string, Question][] {
  const { lookup, absent } = lab.target.object;
  const query = selecting(lookup);
  const filters = lab.secrets.flatMap(({ field }) =>
    Object.values(lab.target.list?.filters ?? {}).map((form): [string, Question] => [
      `an object as ${field}`,
      listQuestion(lab, { filter: fill(form, { FIELD: field, VALUE: { secret: CANARY } }) }),
    ]),
  );
  return [
    ["an object as id", { query, variables: { id: { secret: CANARY } } }],
    ["no id at all", { query, variables: {} }],
    ["a word as id", { query, variables: { id: CANARY } }],
    ["a quote in an id", { query, variables: { id: `${absent}' or '${CANARY}'='` } }],
    ["a zero byte", { query, variables: { id: `${CANARY}\u0000` } }],
    ["a word as page size", listQuestion(lab, { first: CANARY })],
    ["a page of less than nothing", listQuestion(lab, { first: -1 })],
    ["a broken document", { query: `{ ${CANARY}(` }],
    ...filters,
  ];
}

/** Row 16: what is hidden and what does not exist are one thing. */
export async function errorDifferences(lab: Lab): Promise<Finding[]> {
  const { hidden, absent, lookup, ways } = lab.target.object;
  const probe = "a hidden object against one that does not exist";
  if (hidden === null) return [doesNotApply(probe, "the target names no hidden object")];
  const others = [...Object.values(ways), ...lab.target.history, ...lab.target.catalogue];
  const documents = [lookup, ...others.filter((document) => document.includes("$id"))];
  const leaks: string[] = [];
  for (const document of documents) {
    const fields = lab.secrets.map(({ field }) => field);
    const query = selecting(document, ...fields);
    const one = await lab.client.ask("masked", { query, variables: { id: hidden } });
    const other = await lab.client.ask("masked", { query, variables: { id: absent } });
    if (printOf(lab, one) !== printOf(lab, other))
      leaks.push(`answers differ: ${document.slice(0, 60)}`);
  }
  return [unless(leaks, probe, `${documents.length} documents answered alike`)];
}

/** Row 20: nobody is told how a question was carried out. */
export async function plans(lab: Lab): Promise<Finding[]> {
  const { client, target } = lab;
  const query = selecting(target.object.lookup, ...lab.secrets.map(({ field }) => field));
  const body = JSON.stringify({
    query,
    variables: { id: target.object.id },
    extensions: { explain: true, tracing: true, debug: true },
  });
  const headers = { "x-explain": "true", "x-debug": "1", "x-hasura-debug": "1" };
  const answer = await client.send("masked", { body, headers });
  const word = /Seq Scan|Index Scan|\bcost=\d|"plan"|\bselect\s.+\sfrom\s/i.exec(answer.text)?.[0];
  return [
    unless(
      word === undefined ? [] : [`the answer holds “${word}”`],
      "asking for a plan in headers and extensions",
      "no plan and no SQL in the answer",
    ),
  ];
}

function printOf({ target }: Lab, answer: Answer): string {
  const { hidden, absent } = target.object;
  return fingerprint(answer, { ignore: target.ignore, alike: [hidden ?? "", absent] });
}
