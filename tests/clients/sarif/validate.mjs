// SPDX-License-Identifier: Apache-2.0
// Holds the SARIF of stdin against the schema of 2.1.0. Prints what doesn't fit, a line each.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Ajv = require('ajv-draft-04');
const addFormats = require('ajv-formats');
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

// One pattern of the schema has a bracket too many, which only the older rules of patterns allow.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const holds = ajv.compile(schema);
if (!holds(JSON.parse(fs.readFileSync(0, 'utf8')))) {
  for (const error of holds.errors) console.log(`${error.instancePath}: ${error.message}`);
}
