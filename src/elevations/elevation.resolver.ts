import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver, Root } from "type-graphql";
import { GuardedRelation } from "../classification/field.ts";
import { Customer } from "../customers/customer.entity.ts";
import type { Row } from "../database/read-request.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, selectionOf, toConnection } from "../graphql/lists.ts";
import { Elevation } from "./elevation.entity.ts";
import { ElevationConnection, ElevationFilter, ElevationOrder } from "./elevation.types.ts";

/** Lists settle first what time has changed, so that no elevation is said to be open that is not. */
@Resolver(() => Elevation)
export class ElevationResolver {
  @Query(() => Elevation, {
    nullable: true,
    description: "An elevation by id. NOT_FOUND for hidden and missing ones alike.",
  })
  async elevation(
    @Arg("id", () => ID, { description: "Id of the elevation." }) id: string,
    @Ctx() { catalog, rows, elevations, now }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row> {
    await elevations.settle(now);
    return rows.get("Elevation", selectionOf({ catalog, type: "Elevation", info }), id);
  }

  @Query(() => ElevationConnection, {
    description:
      "The elevations that the caller may see, ordered by id unless told otherwise; reviews that are late have the review state OVERDUE.",
  })
  async elevations(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => ElevationFilter, { nullable: true, description: "Which elevations." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [ElevationOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows, elevations, now }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    await elevations.settle(now);
    const list = listRequestOf({ catalog, type: "Elevation", info, page, filter, orderBy });
    return toConnection(await rows.list(list));
  }

  @Query(() => ElevationConnection, {
    description: "The elevations that the caller asked for, those about hidden customers left out.",
  })
  async myElevations(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => ElevationFilter, { nullable: true, description: "Which elevations." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [ElevationOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows, caller, elevations, now }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    await elevations.settle(now);
    const list = listRequestOf({ catalog, type: "Elevation", info, page, filter, orderBy });
    return toConnection(await rows.listBelow(list, { column: "requester_id", id: caller.id }));
  }

  @GuardedRelation(() => Customer, {
    of: Elevation,
    column: "customer_id",
    description: "The customer, under the customer's own rules.",
    category: "GOVERNANCE",
  })
  customer(
    @Root() row: Row,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row | null> {
    const selection = selectionOf({ catalog, type: "Customer", info });
    return rows.find("Customer", selection, String(row["customer"]));
  }
}
