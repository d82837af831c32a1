import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from "type-graphql";
import type { RecordedVerdict } from "../audit/decision-record.ts";
import { GuardedRelation } from "../classification/field.ts";
import type { Row } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import type { Organisation } from "../organisations/organisation.entity.ts";
import { Decision } from "./decision.entity.ts";
import { DecisionFilter } from "./decision.inputs.ts";
import { type CappedConnection, listDecisions } from "./decision-list.ts";
import { DecisionCustomer, type DecisionCaller } from "./decision.parts.ts";
import { searchIn } from "./decision-search.ts";
import { DecisionConnection, DecisionOrder } from "./decision.types.ts";
import { recordedIn } from "./recorded.ts";

const CLEAR_FIELD = /^fd:(.+)=CLEAR$/;
const MOST_CUSTOMERS = 200;

@Resolver(() => Decision)
export class DecisionResolver {
  @Query(() => Decision, {
    nullable: true,
    description: "A record of the decision log by id. NOT_FOUND for hidden and missing ones alike.",
  })
  decision(
    @Arg("id", () => ID, { description: "Id of the record." }) id: string,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row> {
    return rows.get("Decision", selectionOf({ catalog, type: "Decision", info }), id);
  }

  @Query(() => DecisionConnection, {
    description: "The records of the decision log that the caller may see, newest first.",
  })
  async decisions(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => DecisionFilter, { nullable: true, description: "Which records." })
    filter: DecisionFilter | null | undefined,
    @Arg("orderBy", () => DecisionOrder, { nullable: true, description: "In which order." })
    order: DecisionOrder | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CappedConnection> {
    const search = filter == null ? null : await searchIn(filter, context);
    if (filter != null && search === null)
      throw publicError("VALIDATION_FAILED", { field: "filter", fault: "empty" });
    return listDecisions({ context, info, page, filter: search, order });
  }

  @FieldResolver()
  organisation(@Root() row: Row, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return context.organisations.byId(String(row["organisation"]));
  }

  @FieldResolver()
  async caller(@Root() row: Row, @Ctx() context: RequestContext): Promise<DecisionCaller | null> {
    const id = row["caller"];
    if (typeof id !== "string") return null;
    return { id, name: (await context.principalNames.load(id)) ?? null };
  }

  @FieldResolver()
  operation(@Root() row: Row): { name: string | null; digest: string | null } {
    return recordedIn(row, "operation").operation;
  }

  @FieldResolver()
  verdicts(@Root() row: Row): readonly RecordedVerdict[] {
    return recordedIn(row, "verdicts").verdicts;
  }

  @FieldResolver()
  clearFields(@Root() row: Row): string[] {
    const words = row["clearFields"] as readonly string[];
    return words.flatMap((word) => CLEAR_FIELD.exec(word)?.[1] ?? []);
  }

  @FieldResolver()
  ids(@Root() row: Row): readonly string[] {
    return recordedIn(row, "ids").rows.ids;
  }

  @FieldResolver()
  clear(@Root() row: Row): string | null {
    return recordedIn(row, "clear").clear;
  }

  @FieldResolver()
  about(@Root() row: Row): string | null {
    const { about } = recordedIn(row, "about");
    return about === null ? null : JSON.stringify(about);
  }

  @GuardedRelation(() => [DecisionCustomer], {
    of: Decision,
    description: "The customers that it is about, each once.",
    category: "IDENTITY",
    column: "subjects",
  })
  customers(
    @Root() row: Row,
    @Arg("first", () => Int, { defaultValue: 20, description: "How many, 200 at the most." })
    first: number,
    @Ctx() { catalog, references, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): { reference: string; customer: Promise<Row | null> }[] {
    if (first < 0 || first > MOST_CUSTOMERS)
      throw publicError("QUERY_TOO_COMPLEX", { limit: "customers", max: MOST_CUSTOMERS });
    const selection = selectionOf({ catalog, type: "Customer", info, path: ["customer"] });
    const seen = async (reference: string): Promise<Row | null> => {
      const id = references.customerOf(reference);
      return id === null ? null : rows.find("Customer", selection, id);
    };
    const all = row["customers"] as readonly string[];
    return all.slice(0, first).map((reference) => ({
      reference,
      get customer() {
        return seen(reference);
      },
    }));
  }
}
