#!/usr/bin/env node
process.argv.splice(2, 0, "custodia");
void import("../scripts/bootstrap.mjs");
