import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import { GuardedRelation } from "../classification/field.ts";
import type { Row } from "../database/read-request.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, selectionOf, toConnection } from "../graphql/lists.ts";
import type { Organisation } from "../organisations/organisation.entity.ts";
import { Customer } from "./customer.entity.ts";
import {
  CustomerConnection,
  CustomerEventConnection,
  CustomerEventFilter,
  CustomerEventOrder,
  CustomerFilter,
  CustomerOrder,
} from "./customer.types.ts";

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => Customer, {
    nullable: true,
    description:
      "A customer by id. NOT_FOUND for hidden and missing ones alike, GONE for destroyed ones.",
  })
  customer(
    @Arg("id", () => ID, { description: "Id of the customer." }) id: string,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row> {
    return rows.get("Customer", selectionOf({ catalog, type: "Customer", info }), id);
  }

  @Query(() => CustomerConnection, {
    description: "The customers that the caller may see, ordered by id unless told otherwise.",
  })
  async customers(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => CustomerFilter, { nullable: true, description: "Which customers." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [CustomerOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "Customer", info, page, filter, orderBy });
    return toConnection(await rows.list(list));
  }

  @FieldResolver()
  controller(@Root() row: Row, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return context.organisations.byId(String(row["controller"]));
  }

  @GuardedRelation(() => CustomerEventConnection, {
    of: Customer,
    description: "What happened to the record, oldest first unless told otherwise.",
    category: "GOVERNANCE",
  })
  async events(
    @Root() row: Row,
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => CustomerEventFilter, { nullable: true, description: "Which events." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [CustomerEventOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "CustomerEvent", info, page, filter, orderBy });
    return toConnection(await rows.listBelow(list, { column: "customer_id", id: row.id }));
  }
}
