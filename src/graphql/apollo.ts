import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { Logger } from "pino";
import { faultTrace } from "../lib/fault-trace.ts";
import { createErrorFormatter } from "./error-format.ts";
import { type CallerContext, gatekeeper } from "./gatekeeper.ts";
import { limitsRule, type QueryLimits } from "./limits.ts";
import { executingGateway } from "./executing-gateway.ts";
import { requestScope } from "./request-scope.ts";
import type { ExecutableSchema } from "./schema.ts";

/** Validation errors that one answer may list. */
const MAX_VALIDATION_ERRORS = 20;

/**
 * Builds the GraphQL server with everything closed that is not ours to offer: no reporting to
 * Apollo, no landing page, no persisted queries (our callers write their own documents, and an
 * open cache of them can be flooded), no stack traces, no suggestions, no batches.
 *
 * Introspection is open to everybody outside production, and in production to callers with a token:
 * the schema is a published contract, and an anonymous caller has no use for it.
 */
export function createGraphqlServer<Context extends CallerContext>(options: {
  api: ExecutableSchema;
  limits: QueryLimits;
  production: boolean;
  logger: Logger;
  plugins?: readonly ApolloServerPlugin<Context>[];
}): ApolloServer<Context> {
  const { api, limits, production, logger, plugins = [] } = options;
  return new ApolloServer<Context>({
    gateway: executingGateway(api),
    nodeEnv: production ? "production" : "development",
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.maxTokens },
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    validationRules: [limitsRule(limits)],
    formatError: createErrorFormatter(api.schema),
    logger: withoutValues(logger),
    stringifyResult: (answer) => JSON.stringify(answer),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      faultRecorder(logger),
      gatekeeper<Context>({ limits, production }),
      ...plugins,
    ],
  });
}

/** Apollo answers a mistake outside resolvers without telling which; our log has to know. */
function faultRecorder(logger: Logger): ApolloServerPlugin {
  return {
    unexpectedErrorProcessingRequest: async ({ error }) => {
      const log = requestScope.getStore()?.log ?? logger;
      log.error({ fault: faultTrace(error) }, "fault outside resolvers");
    },
  };
}

/** Apollo's own log lines end in an error's message, which may quote a value: that end is cut off. */
function withoutValues(
  logger: Logger,
): Record<"debug" | "info" | "warn" | "error", (line: unknown) => void> {
  const constantPart = (line: unknown) => String(line).split(/[:.]\s/, 1)[0];
  return {
    debug: (line) => logger.debug(constantPart(line)),
    info: (line) => logger.info(constantPart(line)),
    warn: (line) => logger.warn(constantPart(line)),
    error: (line) => logger.error(constantPart(line)),
  };
}
