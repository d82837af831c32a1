import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { expectedAccessTo, seesNoRow } from "../graphql/expected-access.ts";
import { askedPrincipal } from "./asked-case.ts";
import { askedType } from "./asked-type.ts";
import { AskedCallerInput } from "./evaluation.inputs.ts";
import { judgeHolders } from "./judge-holders.ts";
import { noteEvaluation } from "./note-evaluation.ts";
import { WhoCanAccessArgs } from "./reach.args.ts";
import { WhatCanAccess, WhoCanAccess } from "./reach.types.ts";
import { readTime } from "./read-time.ts";

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
    const row = await context.rows.asked.attributesOf(type.name, args.customerId);
    const judged = await judgeHolders({ args, context, field, row, at });
    noteEvaluation({
      context,
      question: {
        operation: "whoCanAccess",
        type: type.name,
        rowId: args.customerId,
        subjectId: null,
        purpose: args.purpose,
        at,
        action: null,
        fields: [field.name],
      },
      outcome: { isGiven: null, row: null, fields: [], found: judged.judged },
    });
    return judged;
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
    const { subject, at, supposed } = await askedPrincipal(input, context);
    const types = [...context.catalog.keys()].filter((name) =>
      context.decisions.mayEver("evaluateAccess", name),
    );
    noteEvaluation({
      context,
      question: {
        operation: "whatCanAccess",
        type: "Customer",
        rowId: null,
        subjectId: input.caller == null ? null : subject.id,
        purpose: input.purpose,
        at,
        action: null,
        fields: [],
      },
      outcome: { isGiven: null, row: null, fields: [], found: types.length },
    });
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
