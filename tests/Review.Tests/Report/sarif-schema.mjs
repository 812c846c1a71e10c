// Validates a SARIF file against the schema that Microsoft's multitool carries; prints the errors as JSON.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const packages = join(import.meta.dirname, "node_modules", "@microsoft");
const folder = readdirSync(packages).map(name => join(packages, name)).find(path => readdirSync(path).includes("sarif-2.1.0.json"));
const ajv = new Ajv.default({ allErrors: true, strict: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(join(folder, "sarif-2.1.0.json"), "utf8")));
validate(JSON.parse(readFileSync(process.argv[2], "utf8")));
console.log(JSON.stringify((validate.errors ?? []).map(error => `${error.instancePath}: ${error.message}`)));
