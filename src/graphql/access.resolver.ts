import type { GraphQLResolveInfo } from "graphql";
import { Arg, type ClassType, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { typeIn } from "../classification/catalog.ts";
import { type Row, ruleAttributesOf } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "./context.ts";
import { FieldAccess } from "./field-access.ts";

/** The `access(fields)` field of a guarded type. */
export function accessResolverFor(type: ClassType<object>): ClassType<object> {
  @Resolver(() => type)
  class AccessResolver {
    @FieldResolver(() => [FieldAccess], {
      description: "What was decided about fields of this row; all of them where none is named.",
    })
    access(
      @Root() row: Row,
      @Arg("fields", () => [String], { nullable: true, description: "Names of fields." })
      fields: string[] | null | undefined,
      @Ctx() context: RequestContext,
      @Info() info: GraphQLResolveInfo,
    ): FieldAccess[] {
      const definition = typeIn(context.catalog, info.parentType.name);
      return (fields ?? [...definition.fields.keys()]).map((name) => {
        const field = definition.fields.get(name);
        if (field === undefined) throw publicError("BAD_USER_INPUT", { field: "fields" });
        return { field: name, ...context.decisions.fieldPlan(field).decide(ruleAttributesOf(row)) };
      });
    }
  }
  return AccessResolver;
}
