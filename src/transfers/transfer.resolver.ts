import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import { GuardedRelation } from "../classification/field.ts";
import type { Row } from "../database/read-request.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, selectionOf, toConnection } from "../graphql/lists.ts";
import type { Organisation } from "../organisations/organisation.entity.ts";
import { Transfer } from "./transfer.entity.ts";
import {
  TransferConnection,
  TransferFilter,
  TransferItemConnection,
  TransferItemFilter,
  TransferItemOrder,
  TransferOrder,
} from "./transfer.types.ts";

@Resolver(() => Transfer)
export class TransferResolver {
  @Query(() => Transfer, {
    nullable: true,
    description: "A transfer by id. NOT_FOUND for hidden and missing ones alike.",
  })
  transfer(
    @Arg("id", () => ID, { description: "Id of the transfer." }) id: string,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row> {
    return rows.get("Transfer", selectionOf({ catalog, type: "Transfer", info }), id);
  }

  @Query(() => TransferConnection, {
    description: "The transfers that the caller may see, ordered by id unless told otherwise.",
  })
  async transfers(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => TransferFilter, { nullable: true, description: "Which transfers." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [TransferOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "Transfer", info, page, filter, orderBy });
    return toConnection(await rows.list(list));
  }

  @FieldResolver()
  transferor(@Root() row: Row, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return context.organisations.byId(String(row["transferor"]));
  }

  @FieldResolver()
  transferee(@Root() row: Row, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return context.organisations.byId(String(row["transferee"]));
  }

  @GuardedRelation(() => TransferItemConnection, {
    of: Transfer,
    description: "The customers' places in the transfer.",
    category: "GOVERNANCE",
  })
  async items(
    @Root() row: Row,
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => TransferItemFilter, { nullable: true, description: "Which items." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [TransferItemOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "TransferItem", info, page, filter, orderBy });
    return toConnection(await rows.listBelow(list, { column: "transfer_id", id: row.id }));
  }
}
