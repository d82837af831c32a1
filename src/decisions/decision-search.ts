import { FACETS } from "../audit/decision-columns.ts";
import { publicError } from "../errors.ts";
import { readTime } from "../evaluation/read-time.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { FilterInput } from "../guard/read-predicates.ts";
import type { DecisionFilter } from "./decision.inputs.ts";

/** Id of nobody (RFC 9562 section 5.9): what is looked up and not found is sought under it. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * A search in the form that the guarded reader takes. Every test is one that an index carries; a
 * customer's id becomes a reference, and a name the id of a principal, whether there is one or not.
 *
 * @throws BAD_USER_INPUT
 */
export async function searchIn(
  asked: DecisionFilter,
  context: RequestContext,
): Promise<FilterInput | null> {
  if (Object.values(asked).some((value) => value === null))
    throw publicError("BAD_USER_INPUT", { field: "filter" });
  const { customerId, caller, transferId } = asked;
  const facets = facetsIn(asked).map((word) => ({ facets: { includes: word } }));
  const tests: (FilterInput | null)[] = [
    customerId == null ? null : { subjects: { includes: referenceOf(customerId, context) } },
    caller == null ? null : { caller: { eq: await principalId(caller, context) } },
    organisationTest(asked),
    given("roles", "includes", asked.role),
    given("concernedIds", "includes", asked.concernedId?.toLowerCase()),
    given("transferIds", "includes", transferId?.toLowerCase()),
    given("caseCodes", "includes", asked.caseCode),
    given("purpose", "eq", asked.purpose),
    given("policyVersion", "eq", asked.policyVersion),
    given("request", "eq", asked.request),
    given("operationName", "eq", asked.operation),
    timeTest(asked),
    ...facets,
  ];
  const all = tests.filter((test) => test !== null);
  return all.length === 0 ? null : { and: all };
}

/** The reference of an id; what is no id has none, and is about nobody. */
export function referenceOf(customerId: string, { references }: RequestContext): string {
  return references.referenceOf(customerId.toLowerCase()) ?? NOBODY;
}

function given(field: string, operator: string, value: string | null | undefined) {
  return value == null ? null : { [field]: { [operator]: value } };
}

/** The organisation of a caller is among those concerned, of which there is an index. */
function organisationTest({ organisationId }: DecisionFilter): FilterInput | null {
  if (organisationId == null) return null;
  const id = organisationId.toLowerCase();
  return { organisation: { eq: id }, concernedIds: { includes: id } };
}

/** Times of requests from one on and before another. */
export function timeTest({
  from,
  to,
}: {
  from?: string | null | undefined;
  to?: string | null | undefined;
}): FilterInput | null {
  const at = {
    ...(from == null ? {} : { gte: readTime(from, "from") }),
    ...(to == null ? {} : { lt: readTime(to, "to") }),
  };
  return Object.keys(at).length === 0 ? null : { at };
}

function facetsIn({ field, disclosure, rule, reason, action, refusal }: DecisionFilter): string[] {
  const isBoth = field != null && disclosure != null;
  return [
    isBoth ? FACETS.fieldAt(field, disclosure) : null,
    isBoth || field == null ? null : FACETS.field(field),
    isBoth || disclosure == null ? null : FACETS.disclosure(disclosure),
    rule == null ? null : FACETS.rule(rule),
    reason == null ? null : FACETS.reason(reason),
    action == null ? null : FACETS.action(action),
    refusal == null ? null : FACETS.refusal(refusal),
  ].filter((word) => word !== null);
}

async function principalId(word: string, { principals }: RequestContext): Promise<string> {
  return (await principals.findByIdOrName(word))?.id ?? NOBODY;
}
