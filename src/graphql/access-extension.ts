import type { ApolloServerPlugin } from "@apollo/server";
import type { RequestContext } from "./context.ts";
import { costOf } from "./gatekeeper.ts";

/**
 * Puts `extensions.access` and `extensions.cost` into every answer with data: under which policy
 * and law it was decided, and what lies below CLEAR and why.
 */
export function accessExtension(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, contextValue }) => {
        if (response.body.kind !== "single") return;
        const { singleResult } = response.body;
        if (singleResult.data == null) return;
        const cost = costOf(contextValue);
        singleResult.extensions = {
          ...singleResult.extensions,
          access: {
            policyVersion: contextValue.decisions.policyVersion,
            lawPack: contextValue.decisions.lawPack,
            decisionId: contextValue.requestId,
            purpose: contextValue.purpose,
            fields: contextValue.access.entries(),
          },
          ...(cost === undefined ? {} : { cost }),
        };
      },
    }),
  };
}
