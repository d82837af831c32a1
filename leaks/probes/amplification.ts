import { codesOf } from "../answer.ts";
import type { Client, Question } from "../client.ts";
import { closed, doesNotApply, type Finding, type Lab, open } from "../finding.ts";
import { selecting } from "../target.ts";
import { lookupOf } from "./paths.ts";

type Sent = Parameters<Client["send"]>[1];

const DEEPENINGS = 20;
const TIMES = 1_000;

/** Beside the forty rows: what makes one request do the work of many has to be refused. */
export async function amplification(lab: Lab): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, sent] of multiplied(lab)) {
    if (sent === null) {
      findings.push(doesNotApply(name, "the target does not say how"));
      continue;
    }
    const answer = await lab.client.send("masked", sent);
    const isRefused = codesOf(answer).length > 0 && !answer.text.startsWith("[");
    findings.push(isRefused ? closed(name, codesOf(answer).join(", ")) : open(name, "carried out"));
  }
  return findings;
}

function multiplied({ target }: Lab): [string, Sent | null][] {
  const { lookup, siblings, deepening } = target.object;
  const question = lookupOf({ target }, selecting(lookup));
  const many = Array.from({ length: TIMES }, (_, at) => `a${at}: __typename`).join(" ");
  const directives = "@include(if: true) ".repeat(TIMES);
  return [
    [`a batch of ${TIMES}`, { body: JSON.stringify(Array<Question>(TIMES).fill(question)) }],
    [`${TIMES} aliases`, asked(question, lookup.replaceAll("SELECTION", many))],
    [
      `${TIMES} directives`,
      asked(
        question,
        lookup.replaceAll("SELECTION", `${siblings[0] ?? "__typename"} ${directives}`),
      ),
    ],
    ["depth", deepening === null ? null : asked(question, deepened(lookup, deepening))],
    [
      "a page of a million",
      target.list === null
        ? null
        : asked({ query: "", variables: { first: 1_000_000 } }, selecting(target.list.document)),
    ],
  ];
}

/** The object within the object within the object. */
function deepened(lookup: string, deepening: string): string {
  const inner = Array<string>(DEEPENINGS).fill(deepening);
  return inner
    .reduce((document, step) => document.replace("SELECTION", step), lookup)
    .replace("SELECTION", "__typename");
}

function asked(question: Question, query: string): Sent {
  return { body: JSON.stringify({ ...question, query }) };
}
