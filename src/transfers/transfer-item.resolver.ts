import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Resolver, Root } from "type-graphql";
import { GuardedRelation } from "../classification/field.ts";
import { Customer } from "../customers/customer.entity.ts";
import type { Row } from "../database/read-request.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, selectionOf, toConnection } from "../graphql/lists.ts";
import type { Selection } from "../guard/guarded-reader.ts";
import { TransferItem } from "./transfer-item.entity.ts";
import { Transfer } from "./transfer.entity.ts";
import { TransferConnection } from "./transfer.types.ts";

@Resolver(() => TransferItem)
export class TransferItemResolver {
  @GuardedRelation(() => Customer, {
    of: TransferItem,
    column: "customer_id",
    description: "The customer, where the caller may see that customer; null otherwise.",
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

  @GuardedRelation(() => Transfer, {
    of: TransferItem,
    column: "transfer_id",
    description: "The transfer to which the item belongs.",
    category: "GOVERNANCE",
  })
  transfer(
    @Root() row: Row,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row | null> {
    const selection = selectionOf({ catalog, type: "Transfer", info });
    return rows.find("Transfer", selection, String(row["transfer"]));
  }
}

@Resolver(() => Customer)
export class CustomerTransfersResolver {
  @GuardedRelation(() => TransferConnection, {
    of: Customer,
    description: "The transfers in which the customer has a place that the caller may see.",
    category: "GOVERNANCE",
  })
  async transfers(
    @Root() row: Row,
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const asked = listRequestOf({ catalog, type: "Transfer", info, page });
    const items = await rows.listBelow(
      { ...asked, type: "TransferItem", selection: ONLY_TRANSFER },
      { column: "customer_id", id: row.id },
    );
    const edges = await Promise.all(
      items.edges.map(async (edge) => ({
        node: await rows.find("Transfer", asked.selection, String(edge.node["transfer"])),
        get cursor() {
          return edge.cursor;
        },
      })),
    );
    return toConnection({ ...items, edges: edges.filter(hasNode) });
  }
}

const ONLY_TRANSFER: Selection = { shown: new Set(["transfer"]), judged: new Set() };

function hasNode(edge: {
  node: Row | null;
  cursor: string;
}): edge is { node: Row; cursor: string } {
  return edge.node !== null;
}
