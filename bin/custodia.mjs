#!/usr/bin/env node
process.argv.splice(2, 0, "custodia");
import("../scripts/bootstrap.mjs");
