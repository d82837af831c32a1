import { isAnswered, valuesNamed } from "../answer.ts";
import type { Question } from "../client.ts";
import { doesNotApply, type Finding, type Lab, unless } from "../finding.ts";
import { judgePairs, type Pair } from "../pairs.ts";
import { fill, selecting } from "../target.ts";

type Forms = Readonly<Record<string, unknown>>;

const PREFIX_LENGTHS = [2, 4, 8];

const NO_LIST = "the target names no list";

/** Row 1: one field, one comparison. */
export async function filters(lab: Lab): Promise<Finding[]> {
  return judged(lab, "filter with the hidden value or another", {
    forms: lab.target.list?.filters ?? {},
  });
}

/** Row 2: as an attacker would begin, with the first characters. */
export async function prefixes(lab: Lab): Promise<Finding[]> {
  const forms = lab.target.list?.prefixes ?? {};
  const probe = "prefix, piece by piece";
  const pairs = PREFIX_LENGTHS.flatMap((length) =>
    pairsOf(lab, forms, { part: (value) => value.slice(0, length) }),
  );
  if (pairs.length === 0) return [doesNotApply(probe, "the target names no such filter")];
  return [await judgePairs(lab, { probe, pairs })];
}

/** Row 3: the field behind other words of the filter, and behind relations. */
export async function nestedFilters(lab: Lab): Promise<Finding[]> {
  const { schema, target, secrets } = lab;
  const logic = await judged(lab, "filter within and, or, not", {
    forms: target.list?.nested ?? {},
  });
  const type = target.list?.filterType;
  const probe = "filter by way of a relation";
  if (schema === null || type == null)
    return [...logic, doesNotApply(probe, "the filters are not known")];
  const paths = secrets.flatMap(({ field }) => schema.pathsToField(type, field));
  if (paths.length === 0)
    return [...logic, doesNotApply(probe, `${type} leads to no other type's fields`)];
  const forms = paths.map((path) => [
    path.join("."),
    path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), { eq: "VALUE" }),
  ]);
  return [...logic, ...(await judged(lab, probe, { forms: Object.fromEntries(forms) as Forms }))];
}

/** Row 7: counts and ends of lists, for a filter and for the whole list. */
export async function counts(lab: Lab): Promise<Finding[]> {
  const { client, target } = lab;
  if (target.list === null) return [doesNotApply("totalCount and hasNextPage", NO_LIST)];
  const { count } = target.list;
  const filtered =
    count === null
      ? []
      : await judged(lab, "totalCount and hasNextPage of a filter", {
          forms: target.list.filters,
          document: count,
        });
  const probe = "totalCount against the rows that can be paged";
  const total = valuesNamed(
    await client.ask("masked", listQuestion(lab, { filter: target.list.allowedFilter })),
    "totalCount",
  )[0];
  const paged = await pagedRows(lab);
  if (typeof total !== "number")
    return [...filtered, doesNotApply(probe, "lists have no totalCount")];
  if (paged === null) return [...filtered, doesNotApply(probe, "the list is longer than 10 pages")];
  const leaks = total === paged ? [] : [`totalCount is ${total}, ${paged} rows can be read`];
  return [...filtered, unless(leaks, probe, `${total} counted, ${paged} read`)];
}

async function pagedRows(lab: Lab): Promise<number | null> {
  const filter = lab.target.list?.allowedFilter;
  let after: unknown = null;
  let rows = 0;
  for (let page = 0; page < 10; page += 1) {
    const answer = await lab.client.ask("masked", listQuestion(lab, { filter, after }));
    rows += valuesNamed(answer, "cursor").length;
    if (valuesNamed(answer, "hasNextPage")[0] !== true) return rows;
    after = valuesNamed(answer, "endCursor")[0];
  }
  return null;
}

/** Row 14: many values at once. */
export async function sets(lab: Lab): Promise<Finding[]> {
  return judged(lab, "comparison with a set of values", { forms: lab.target.list?.sets ?? {} });
}

/** Row 36: what a filter that is refused, unknown or empty leaves of the list. */
export async function droppedFilters(lab: Lab): Promise<Finding[]> {
  const { client, target, secrets } = lab;
  const probe = "filters that are refused, unknown or of no value";
  if (target.list === null) return [doesNotApply(probe, NO_LIST)];
  const whole = (await client.ask("masked", listQuestion(lab, {}))).text;
  const asked: [string, unknown][] = secrets.flatMap(({ field, other }) =>
    Object.entries(target.list?.filters ?? {}).map(([name, form]): [string, unknown] => [
      `${field} ${name}`,
      fill(form, { FIELD: field, VALUE: other }),
    ]),
  );
  asked.push(["an unknown field", { noSuchField9: { eq: "1" } }]);
  const leaks: string[] = [];
  for (const [name, filter] of asked) {
    const answer = await client.ask("masked", listQuestion(lab, { filter }));
    const total = valuesNamed(answer, "totalCount")[0];
    if (isAnswered(answer) && whole.includes(`"totalCount":${String(total)}`) && total !== 0)
      leaks.push(`${name} was dropped: the whole list was answered`);
  }
  return [unless(leaks, probe, `${asked.length} filters, none widened the list`)];
}

/** A request for the list. */
export function listQuestion({ target }: Lab, variables: object, ...fields: string[]): Question {
  const document = target.list?.document ?? "";
  return {
    query: selecting(document, ...fields),
    variables: { first: target.list?.page ?? 20, ...variables },
  };
}

async function judged(
  lab: Lab,
  probe: string,
  { forms, document }: { forms: Forms; document?: string },
): Promise<Finding[]> {
  const pairs = pairsOf(lab, forms, { document });
  if (pairs.length === 0) return [doesNotApply(probe, "the target names no such filter")];
  return [await judgePairs(lab, { probe, pairs })];
}

/** A pair for each field and form; values whose part is the same cannot tell anything and give none. */
function pairsOf(
  { secrets, target }: Lab,
  forms: Forms,
  {
    part = (value) => value,
    document = target.list?.document ?? "",
  }: {
    part?: (value: string) => string;
    document?: string | undefined;
  } = {},
): Pair[] {
  return secrets
    .filter(({ value, other }) => part(value) !== part(other))
    .flatMap((secret) =>
      Object.entries(forms).map(([name, form]) => ({
        secret,
        part,
        name: `${secret.field} ${name}`,
        question: (value: string) => ({
          query: selecting(document),
          variables: {
            first: target.list?.page ?? 20,
            filter: fill(form, { FIELD: secret.field, VALUE: value }),
          },
        }),
      })),
    );
}
