import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { Row } from "../database/read-request.ts";
import { PublicError, publicError } from "../errors.ts";
import type { RequestContext } from "./context.ts";
import { selectionOf } from "./lists.ts";
import { NodeInterface } from "./node.ts";

/** Ids that one `nodes` may name. */
const MOST_IDS = 100;

@Resolver()
export class NodeResolver {
  @Query(() => NodeInterface, {
    nullable: true,
    description: "Any object by its id. An object that the caller may not see does not exist.",
  })
  node(
    @Arg("id", () => ID, { description: "Id of the object." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row> {
    return findNode(context, info, id);
  }

  @Query(() => [NodeInterface], {
    nullable: "items",
    description: "Objects by their ids, in the same order, null for those that do not exist.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "Ids of the objects, 100 at the most." }) ids: string[],
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row | Error>[] {
    if (ids.length > MOST_IDS)
      throw publicError("QUERY_TOO_COMPLEX", { limit: "ids", max: MOST_IDS });
    return ids.map((id) => findNode(context, info, id));
  }
}

/** Asks every type, always all of them, so that the time tells nothing about the type of an id. */
async function findNode(
  context: RequestContext,
  info: GraphQLResolveInfo,
  id: string,
): Promise<Row> {
  const { catalog, rows, journal } = context;
  const answers = await Promise.all(
    [...catalog.keys()].map((type) =>
      rows.seek(type, selectionOf({ catalog, type, info }), id).catch((error: unknown) => error),
    ),
  );
  const refusals = answers.filter((answer) => answer instanceof Error);
  const row = answers.find((answer) => !(answer instanceof Error)) as Row | undefined;
  if (row !== undefined) return row;
  const isMissing = (error: Error): boolean =>
    error instanceof PublicError && error.code === "NOT_FOUND";
  const refusal = refusals.find((error) => !isMissing(error)) ?? publicError("NOT_FOUND");
  if (refusal instanceof PublicError) journal.missed({ type: null, id, refusal: refusal.code });
  throw refusal;
}
