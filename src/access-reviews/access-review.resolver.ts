import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import { GuardedRelation } from "../classification/field.ts";
import type { Row } from "../database/read-request.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, selectionOf, toConnection } from "../graphql/lists.ts";
import type { Organisation } from "../organisations/organisation.entity.ts";
import { AccessReview } from "./access-review.entity.ts";
import {
  AccessReviewConnection,
  AccessReviewFilter,
  AccessReviewItemConnection,
  AccessReviewOrder,
} from "./access-review.types.ts";

/** Lists settle first what time has changed, so that no review is said to be in time that is not. */
@Resolver(() => AccessReview)
export class AccessReviewResolver {
  @Query(() => AccessReview, {
    nullable: true,
    description: "A review of roles by id. NOT_FOUND for hidden and missing ones alike.",
  })
  async accessReview(
    @Arg("id", () => ID, { description: "Id of the review." }) id: string,
    @Ctx() { catalog, rows, accessReviews, now }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row> {
    await accessReviews.settle(now);
    return rows.get("AccessReview", selectionOf({ catalog, type: "AccessReview", info }), id);
  }

  @Query(() => AccessReviewConnection, {
    description:
      "The reviews of roles that the caller may see, ordered by id unless told otherwise; those that are late have the state OVERDUE.",
  })
  async accessReviews(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => AccessReviewFilter, { nullable: true, description: "Which reviews." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [AccessReviewOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows, accessReviews, now }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    await accessReviews.settle(now);
    const list = listRequestOf({ catalog, type: "AccessReview", info, page, filter, orderBy });
    return toConnection(await rows.list(list));
  }

  @FieldResolver()
  organisation(@Root() row: Row, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return context.organisations.byId(String(row["organisation"]));
  }

  @GuardedRelation(() => AccessReviewItemConnection, {
    of: AccessReview,
    description: "The roles that it is about.",
    category: "GOVERNANCE",
  })
  async items(
    @Root() row: Row,
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "AccessReviewItem", info, page });
    return toConnection(await rows.listBelow(list, { column: "review_id", id: row.id }));
  }
}
