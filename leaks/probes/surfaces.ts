import { type Answer, betrays } from "../answer.ts";
import { doesNotApply, type Finding, type Lab, unless } from "../finding.ts";
import { selecting } from "../target.ts";
import { betrayed, lookupOf, scanned } from "./paths.ts";

const CANARY = "canary-91c4ee";

/** What a document about policy or a schema never holds. */
const SECRETS_OF_RULES = /\bsalt\b|"secret"|BEGIN [A-Z ]*KEY|\$caller\./i;

/** Row 10: an argument for free text would search columns. */
export async function freeText(lab: Lab): Promise<Finding[]> {
  return absentFromSchema(lab, {
    probe: "arguments for free text",
    find: (schema) => schema.argumentsNamed(/^(search|q|query|text|term|keywords?)$/i),
  });
}

/** Row 11: suggestions, scores, highlights. */
export async function suggesters(lab: Lab): Promise<Finding[]> {
  return absentFromSchema(lab, {
    probe: "fields for suggestions, scores and facets",
    find: (schema) => schema.fieldsNamed(/suggest|autocomplete|score|relevance|highlight|facet/i),
  });
}

/** Row 13: an argument that computes with a value before it is masked. */
export async function expressions(lab: Lab): Promise<Finding[]> {
  const { schema, target, secrets } = lab;
  return absentFromSchema(lab, {
    probe: "arguments of the protected fields",
    find: () =>
      secrets.flatMap(({ field }) =>
        (schema?.field(target.object.type, field)?.args ?? []).map(
          ({ name }) => `${field}(${name})`,
        ),
      ),
  });
}

/** Row 32: a subscription would carry what was made for another. */
export async function subscriptions({ schema }: Lab): Promise<Finding[]> {
  const probe = "subscriptions";
  if (schema === null) return [doesNotApply(probe, "the schema is not told")];
  if (!schema.hasSubscriptions) return [doesNotApply(probe, "the schema has none")];
  return [
    doesNotApply(probe, "the schema has some; this suite speaks no WebSocket: test them yourself"),
  ];
}

/** Row 29: what operators read, as far as it can be asked for. */
export async function logs(lab: Lab): Promise<Finding[]> {
  const { client, target } = lab;
  const probe = "pages of operators after a canary was sent";
  await client.ask("masked", {
    query: selecting(target.object.lookup),
    variables: { id: { value: CANARY } },
  });
  const leaks: string[] = [];
  let reached = 0;
  for (const path of ["/metrics", "/logs", "/log", "/debug", "/status", ...target.paths]) {
    const answer = await client.send("nobody", { path, method: "GET" });
    if (answer.status < 200 || answer.status >= 300) continue;
    reached += 1;
    if (betrays(answer, CANARY)) leaks.push(`${path} repeats what was sent`);
    leaks.push(...betrayed(lab, answer, path));
  }
  if (reached === 0)
    return [doesNotApply(probe, "logs can't be read over HTTP; read yours for canary-91c4ee")];
  return [
    unless(leaks, probe, `${reached} pages answered; look into your logs for ${CANARY} as well`),
  ];
}

/** Row 30: headers and extensions that carry traces. */
export async function traces(lab: Lab): Promise<Finding[]> {
  const probe = "headers and extensions that trace a request";
  const query = selecting(lab.target.object.lookup, ...lab.secrets.map(({ field }) => field));
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const answer: Answer = await lab.client.send("masked", {
    body: JSON.stringify(lookupOf(lab, query)),
    headers: { traceparent, "apollo-tracing": "1", "apollo-federation-include-trace": "ftv1" },
  });
  const carried = /"(tracing|ftv1|sql|statements?)"\s*:/i.exec(answer.text)?.[1];
  const leaks = [
    ...betrayed(lab, answer, "the answer"),
    ...(carried === undefined ? [] : [`extensions.${carried}`]),
  ];
  return [unless(leaks, probe, "the answer carries none; spans can't be seen over HTTP")];
}

/** Row 33: the schema, its defaults, and what a misspelt name is answered with. */
export async function introspection(lab: Lab): Promise<Finding[]> {
  const { client, schema, target, secrets } = lab;
  const held = secrets
    .filter(({ value }) => schema?.text.includes(value))
    .map(({ field }) => `a value of ${field} in the schema`);
  const leaks: string[] = [];
  for (const { field } of secrets) {
    const misspelt = `${field.slice(0, -1)}x`;
    const answer = await client.ask(
      "masked",
      lookupOf(lab, selecting(target.object.lookup, misspelt)),
    );
    if (/did you mean/i.test(answer.text) || new RegExp(`\\b${field}\\b`).test(answer.text))
      leaks.push(`${misspelt} gets a suggestion`);
  }
  return [
    schema === null
      ? doesNotApply("values in the schema", "introspection is refused")
      : unless(held, "values in the schema", "names only"),
    unless(leaks, "misspelt names", `${secrets.length} misspelt, no suggestion`),
  ];
}

/** Row 39: what is told about rules. */
export async function ruleCatalogue(lab: Lab): Promise<Finding[]> {
  const documents = lab.target.catalogue;
  return scanned(lab, { probe: "what is told about rules", documents, never: SECRETS_OF_RULES });
}

/** Does not apply where the schema has no such thing, and says what there is where it has. */
export function absentFromSchema(
  { schema }: Lab,
  { probe, find }: { probe: string; find: (schema: NonNullable<Lab["schema"]>) => string[] },
): Finding[] {
  if (schema === null) return [doesNotApply(probe, "the schema is not told")];
  const found = find(schema);
  if (found.length === 0) return [doesNotApply(probe, "the schema has none")];
  return [
    doesNotApply(probe, `not probed, describe it in the target: ${found.slice(0, 3).join(", ")}`),
  ];
}
