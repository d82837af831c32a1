import { codesOf } from "../answer.ts";
import { closed, doesNotApply, type Finding, type Lab, open, type Secret } from "../finding.ts";
import { fill, selecting } from "../target.ts";

/**
 * Beside the forty rows: who may filter by a protected field finds its value by trying, unless trying
 * ends. The reader looks up values that nobody has until it is refused.
 */
export async function inferenceBudget(lab: Lab): Promise<Finding[]> {
  const probe = "different values of one field, one after the other";
  const { target, secrets } = lab;
  const budget = target.list?.budget;
  if (budget == null) return [doesNotApply(probe, "the target names no such fields")];
  const findings: Finding[] = [];
  for (const secret of secrets.filter(({ field }) => budget.fields.includes(field))) {
    const refusal = await firstRefusal(lab, { secret, ...budget });
    const asked = `${probe}: ${secret.field}`;
    findings.push(
      refusal === null
        ? open(asked, `${budget.tries} values were tried, and none was refused`)
        : closed(asked, `refused after ${refusal.after}: ${refusal.codes.join(", ")}`),
    );
  }
  return findings;
}

async function firstRefusal(
  { client, target }: Lab,
  { secret, filter, tries }: { secret: Secret; filter: unknown; tries: number },
): Promise<{ after: number; codes: readonly string[] } | null> {
  const query = target.list?.count ?? selecting(target.list?.document ?? "");
  for (let at = 0; at < tries; at += 1) {
    const words = { FIELD: secret.field, VALUE: guess(secret.other, at) };
    const variables = { first: 1, filter: fill(filter, words) };
    const codes = codesOf(await client.ask("reader", { query, variables }));
    if (codes.length > 0) return { after: at, codes };
  }
  return null;
}

/** A value of about the same form that nobody has. */
function guess(other: string, at: number): string {
  const end = String(at).padStart(4, "0");
  return `${other.slice(0, -end.length)}${end}`;
}
