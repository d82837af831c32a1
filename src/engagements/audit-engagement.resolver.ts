import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import { GuardedRelation } from "../classification/field.ts";
import type { Row } from "../database/read-request.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, selectionOf, toConnection } from "../graphql/lists.ts";
import type { Organisation } from "../organisations/organisation.entity.ts";
import { AuditEngagement } from "./audit-engagement.entity.ts";
import {
  AuditEngagementConnection,
  AuditEngagementFilter,
  AuditEngagementOrder,
  AuditSampleConnection,
  AuditTeamMemberConnection,
} from "./audit-engagement.types.ts";

@Resolver(() => AuditEngagement)
export class AuditEngagementResolver {
  @Query(() => AuditEngagement, {
    nullable: true,
    description: "An audit by id. NOT_FOUND for hidden and missing ones alike.",
  })
  auditEngagement(
    @Arg("id", () => ID, { description: "Id of the audit." }) id: string,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Row> {
    return rows.get("AuditEngagement", selectionOf({ catalog, type: "AuditEngagement", info }), id);
  }

  @Query(() => AuditEngagementConnection, {
    description: "The audits that the caller may see, ordered by id unless told otherwise.",
  })
  async auditEngagements(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => AuditEngagementFilter, { nullable: true, description: "Which audits." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [AuditEngagementOrder], {
      nullable: true,
      description: "In which order.",
    })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "AuditEngagement", info, page, filter, orderBy });
    return toConnection(await rows.list(list));
  }

  @FieldResolver()
  async organisations(
    @Root() row: Row,
    @Ctx() { organisations }: RequestContext,
  ): Promise<Organisation[]> {
    const ids = row["organisations"] as readonly string[];
    const found = await Promise.all(ids.map((id) => organisations.byId(id)));
    return found.filter((one) => one !== null);
  }

  @GuardedRelation(() => AuditTeamMemberConnection, {
    of: AuditEngagement,
    description: "Who is in the team, and who of them declared to be independent.",
    category: "GOVERNANCE",
  })
  async team(
    @Root() row: Row,
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "AuditTeamMember", info, page });
    return toConnection(await rows.listBelow(list, { column: "engagement_id", id: row.id }));
  }

  @GuardedRelation(() => AuditSampleConnection, {
    of: AuditEngagement,
    description: "What was drawn in it.",
    category: "GOVERNANCE",
  })
  async samples(
    @Root() row: Row,
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "AuditSample", info, page });
    return toConnection(await rows.listBelow(list, { column: "engagement_id", id: row.id }));
  }
}
