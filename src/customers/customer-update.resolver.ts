import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { readChangeName } from "../graphql/change-name.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import { readChanges } from "./customer-changes.ts";
import { UpdateCustomerInput, UpdateCustomerPayload } from "./customer-update.inputs.ts";

@Resolver()
export class CustomerUpdateResolver {
  @Mutation(() => UpdateCustomerPayload, {
    description:
      "Changes fields of a customer that the caller may change and reads in clear. Refused as a whole or done as a whole.",
  })
  async updateCustomer(
    @Arg("input", () => UpdateCustomerInput, { description: "The changes." })
    input: UpdateCustomerInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { catalog, rows, caller, now, changes } = context;
    const { fields, readColumns } = readChanges(input);
    const clientMutationId = readChangeName(input.clientMutationId);
    const judged = { shown: new Set<string>(), judged: new Set(fields) };
    context.require("update", await rows.get("Customer", judged, input.id), fields);
    await changes.apply({
      customerId: input.id,
      expectedVersion: input.expectedVersion,
      principalId: caller.id,
      clientMutationId,
      columns: readColumns(),
      changedFields: fields,
      now,
    });
    rows.forget();
    const selection = selectionOf({ catalog, type: "Customer", info, path: ["customer"] });
    return { customer: await rows.get("Customer", selection, input.id), clientMutationId };
  }
}
