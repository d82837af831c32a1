import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { FACETS } from "../audit/decision-columns.ts";
import { Timestamp } from "../classification/scalars.ts";
import { PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { FilterInput } from "../guard/read-predicates.ts";
import type { Condition } from "../policy/condition.ts";
import { type CappedConnection, listDecisions } from "./decision-list.ts";
import { referenceOf, timeTest } from "./decision-search.ts";
import { DecisionConnection } from "./decision.types.ts";
import { noteQuestion } from "./note-question.ts";

@Resolver()
export class DisclosuresResolver {
  @Query(() => DecisionConnection, {
    description:
      "Every record by which data of a person was given in clear, newest first: for the answer to an access request (GDPR Art. 15, PIPL Art. 45), also once the person's record is destroyed. Persons ask it about themselves. An id that is nobody's has no disclosures.",
  })
  async disclosuresOf(
    @Arg("customerId", () => ID, { description: "Id of the customer." }) customerId: string,
    @Arg("from", () => Timestamp, { nullable: true, description: "From this time on." })
    from: string | null | undefined,
    @Arg("to", () => Timestamp, { nullable: true, description: "Before this time." })
    to: string | null | undefined,
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CappedConnection> {
    const reference = referenceOf(customerId, context);
    const isOwn = reference === context.caller.customerReference;
    const tests: (FilterInput | null)[] = [
      { facets: { includes: FACETS.action("READ") } },
      { facets: { includes: FACETS.disclosure("CLEAR") } },
      // Who asks about themselves learns nothing by it that they don't know.
      isOwn ? null : { subjects: { includes: reference } },
      timeTest({ from, to }),
    ];
    const filter = { and: tests.filter((test) => test !== null) };
    const within = isOwn ? { within: isAbout(reference) } : {};
    const told = await listDecisions({ context, info, page, filter, ...within });
    noteQuestion(context, { operation: "disclosuresOf", found: told.edges.length });
    return told;
  }
}

function isAbout(reference: string): Condition {
  return { kind: "includes", attribute: "subjects", value: reference };
}
