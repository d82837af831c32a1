import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Row } from "../database/read-request.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, selectionOf, toConnection } from "../graphql/lists.ts";
import type { Organisation } from "../organisations/organisation.entity.ts";
import { readNote } from "./read-note.ts";
import { SecurityAlert } from "./security-alert.entity.ts";
import {
  AcknowledgeAlertInput,
  AcknowledgeAlertPayload,
  SecurityAlertConnection,
  SecurityAlertFilter,
  SecurityAlertOrder,
} from "./security-alert.types.ts";

/** What an acknowledgement changes. */
const CHANGED = ["acknowledgedAt", "acknowledgedBy", "note"];

@Resolver(() => SecurityAlert)
export class SecurityAlertResolver {
  @Query(() => SecurityAlertConnection, {
    description: "The alerts that the caller may see, ordered by id unless told otherwise.",
  })
  async securityAlerts(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => SecurityAlertFilter, { nullable: true, description: "Which alerts." })
    filter: object | null | undefined,
    @Arg("orderBy", () => [SecurityAlertOrder], { nullable: true, description: "In which order." })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const list = listRequestOf({ catalog, type: "SecurityAlert", info, page, filter, orderBy });
    return toConnection(await rows.list(list));
  }

  @Mutation(() => AcknowledgeAlertPayload, {
    description:
      "Says that an alert has been looked into. Once; nobody does it for an alert about themselves.",
  })
  async acknowledgeAlert(
    @Arg("input", () => AcknowledgeAlertInput, { description: "Which alert, and what was found." })
    input: AcknowledgeAlertInput,
    @Ctx() { alerts, caller, catalog, now, require, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const judged = { shown: new Set<string>(), judged: new Set(CHANGED) };
    require("update", await rows.get("SecurityAlert", judged, input.id), CHANGED);
    await alerts.acknowledge({
      id: input.id,
      by: caller.name,
      at: now,
      note: readNote(input.note),
    });
    rows.forget();
    const selection = selectionOf({ catalog, type: "SecurityAlert", info, path: ["alert"] });
    return { alert: await rows.get("SecurityAlert", selection, input.id) };
  }

  @FieldResolver()
  organisation(@Root() row: Row, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return context.organisations.byId(String(row["organisation"]));
  }
}
