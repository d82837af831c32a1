import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { typeIn } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import { readChangeName } from "../graphql/change-name.ts";
import type { RequestContext } from "../graphql/context.ts";
import { selectionOf } from "../graphql/lists.ts";
import { readText } from "../graphql/read-text.ts";
import { ElevationPayload, RequestElevationInput } from "./elevation.inputs.ts";
import { readFieldNames, readMinutes } from "./elevation.validation.ts";

@Resolver()
export class ElevationRequestResolver {
  @Mutation(() => ElevationPayload, {
    description:
      "Asks a second person to open fields of one customer for a while. NOT_FOUND for hidden and missing customers alike; FORBIDDEN names a field that no elevation would open to the caller.",
  })
  async requestElevation(
    @Arg("input", () => RequestElevationInput, { description: "What has to be read, and why." })
    input: RequestElevationInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { catalog, rows, caller, now, purpose, elevations, decisions, journal } = context;
    const clientMutationId = readChangeName(input.clientMutationId);
    const { customerId } = input;
    const nothing = { shown: new Set<string>(), judged: new Set<string>() };
    const customer = await rows.get("Customer", nothing, customerId);
    const terms = decisions.elevations;
    if (purpose !== input.purpose) throw publicError("PURPOSE_NOT_PERMITTED");
    if (terms === null || !decisions.mayEver("requestElevation", "Customer"))
      throw publicError("FORBIDDEN");
    const minutes = readMinutes(input.minutes, terms.mostMinutes);
    const fields = readFieldNames(input.fields, knownFields(context));
    const reason = readText("reason", input.reason);
    context.requireOpening({ row: await rows.attributesOf("Customer", customerId), fields });
    const id = await elevations.request({
      customerId,
      organisationId: caller.organisationId,
      actor: caller,
      purpose,
      fields,
      reason,
      minutes,
      lapsesAfterMinutes: terms.lapsesAfterMinutes,
      clientMutationId,
      now,
    });
    journal.verbOn({
      verb: "requestElevation",
      row: customer,
      fields,
      refusal: null,
      more: { id },
    });
    const selection = selectionOf({ catalog, type: "Elevation", info, path: ["elevation"] });
    return { elevation: await rows.find("Elevation", selection, id), clientMutationId };
  }
}

function knownFields({ catalog }: RequestContext): ReadonlySet<string> {
  return new Set(typeIn(catalog, "Customer").fields.keys());
}
