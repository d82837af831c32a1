import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import { Organisation } from "../organisations/organisation.entity.ts";
import type { RequestContext } from "./context.ts";
import { expectedAccessTo } from "./expected-access.ts";
import { ExpectedAccess } from "./field-access.ts";

/** Who asks, as the caller's token and principal record say. */
@ObjectType({ description: "The caller of this request." })
export class Viewer {
  @Field(() => ID, { description: "Id of the principal." })
  id: string;

  @Field(() => String, { description: "Name of the principal." })
  caller: string;

  @Field(() => [String], { description: "Roles that hold now." })
  roles: string[];

  @Field(() => [String], { description: "Purposes that the token carries." })
  purposes: string[];

  @Field(() => String, { nullable: true, description: "Purpose of this request." })
  purpose: string | null;

  @Field(() => [String], { description: "Scopes of the token." })
  scopes: string[];

  @Field(() => String, {
    description: "Version of the policy under which this request is answered.",
  })
  policyVersion: string;
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: "Who asks, and what they may expect." })
  viewer(@Ctx() { caller, decisions }: RequestContext): Omit<Viewer, "organisation"> {
    return {
      id: caller.id,
      caller: caller.name,
      roles: [...caller.roles],
      purposes: [...caller.purposes],
      purpose: caller.purpose,
      scopes: [...caller.scopes],
      policyVersion: decisions.policyVersion,
    };
  }

  @FieldResolver(() => Organisation, { nullable: true, description: "Organisation of the caller." })
  organisation(@Ctx() { caller, organisations }: RequestContext): Promise<Organisation | null> {
    return organisations.byId(caller.organisationId);
  }

  @FieldResolver(() => [ExpectedAccess], {
    description: "What the caller can expect of every field of a guarded type, for this purpose.",
  })
  access(
    @Arg("type", () => String, { description: "Name of a guarded type, such as Customer." })
    type: string,
    @Ctx() { catalog, decisions, purpose }: RequestContext,
  ): ExpectedAccess[] {
    if (!catalog.has(type)) throw publicError("BAD_USER_INPUT", { field: "type" });
    if (purpose === null) throw publicError("PURPOSE_REQUIRED");
    return expectedAccessTo(decisions, type);
  }
}
