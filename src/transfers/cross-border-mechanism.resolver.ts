import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import type { Row } from "../database/read-request.ts";
import { type Connection, PageArgs } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { listRequestOf, toConnection } from "../graphql/lists.ts";
import type { Organisation } from "../organisations/organisation.entity.ts";
import { CrossBorderMechanism } from "./cross-border-mechanism.entity.ts";
import {
  CrossBorderMechanismConnection,
  CrossBorderMechanismFilter,
  CrossBorderMechanismOrder,
} from "./cross-border-mechanism.types.ts";

@Resolver(() => CrossBorderMechanism)
export class CrossBorderMechanismResolver {
  @Query(() => CrossBorderMechanismConnection, {
    description:
      "The register of mechanisms for crossing a border, as far as the caller may see it, ordered by id unless told otherwise.",
  })
  async crossBorderMechanisms(
    @Args(() => PageArgs, { validate: false }) page: PageArgs,
    @Arg("filter", () => CrossBorderMechanismFilter, {
      nullable: true,
      description: "Which mechanisms.",
    })
    filter: object | null | undefined,
    @Arg("orderBy", () => [CrossBorderMechanismOrder], {
      nullable: true,
      description: "In which order.",
    })
    orderBy: object[] | null | undefined,
    @Ctx() { catalog, rows }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const type = CrossBorderMechanism.name;
    return toConnection(
      await rows.list(listRequestOf({ catalog, type, info, page, filter, orderBy })),
    );
  }

  @FieldResolver()
  controller(@Root() row: Row, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return context.organisations.byId(String(row["controller"]));
  }

  @FieldResolver()
  recipient(@Root() row: Row, @Ctx() context: RequestContext): Promise<Organisation | null> {
    return context.organisations.byId(String(row["recipient"]));
  }
}
