import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { expectedAccessTo, seesNoRow } from "../graphql/expected-access.ts";
import { askedType } from "./asked-type.ts";
import { AskedCallerInput } from "./evaluation.inputs.ts";
import { judgeHolders } from "./judge-holders.ts";
import { WhoCanAccessArgs } from "./reach.args.ts";
import { WhatCanAccess, WhoCanAccess } from "./reach.types.ts";
import { readTime } from "./read-time.ts";
import { supposedSubject } from "./supposed-subject.ts";

/** Every principal of a page is judged twice. */
const COST_OF_A_PRINCIPAL = 200;
const COST_OF_A_CALLER = 1_000;

@Resolver()
export class ReachResolver {
  @Query(() => WhoCanAccess, {
    complexity: ({ args }) => {
      const { first } = args as { first?: unknown };
      return COST_OF_A_PRINCIPAL * (typeof first === "number" ? Math.max(first, 1) : 1);
    },
    description:
      "For auditors: who of the organisations that they serve could read a field of a customer. Never a value.",
  })
  async whoCanAccess(
    @Args(() => WhoCanAccessArgs) args: WhoCanAccessArgs,
    @Ctx() context: RequestContext,
  ): Promise<WhoCanAccess> {
    const type = askedType({ context, name: "Customer", argument: "customerId" });
    const field = type.fields.get(args.field);
    if (field === undefined) throw publicError("BAD_USER_INPUT", { field: "field" });
    const { policy } = context.decisions.bound;
    if (!policy.purposes.has(args.purpose))
      throw publicError("BAD_USER_INPUT", { field: "purpose" });
    const at = args.at == null ? context.now : readTime(args.at, "at");
    const row = await context.rows.attributesOf(type.name, args.customerId);
    return judgeHolders({ args, context, field, row, at });
  }

  @Query(() => WhatCanAccess, {
    complexity: COST_OF_A_CALLER,
    description: "For auditors: what a caller could read for a purpose. Never a value.",
  })
  async whatCanAccess(
    @Arg("input", () => AskedCallerInput, { description: "The question." })
    input: AskedCallerInput,
    @Ctx() context: RequestContext,
  ): Promise<WhatCanAccess> {
    askedType({ context, name: "Customer", argument: "input" });
    const at = input.at == null ? context.now : readTime(input.at, "at");
    const subject = await supposedSubject({ input, context, at });
    const supposed = context.decisionsFor(subject, at);
    const types = [...context.catalog.keys()].filter((name) =>
      context.decisions.mayEver("evaluateAccess", name),
    );
    return {
      policyVersion: supposed.policyVersion,
      at,
      types: types.map((name) => ({
        type: name,
        visible: !seesNoRow(supposed, name),
        fields: expectedAccessTo(supposed, name),
      })),
    };
  }
}
