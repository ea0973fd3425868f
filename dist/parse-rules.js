'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const workspace = require('./shared.js');

//#region src/storages/globalConfig/globalConfig.ts
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
/**
* Returns the global configuration.
*
* @param config The config to merge.
*
* @returns The configuration.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalConfig(config$1) {
	return DEFAULT_CONFIG;
}

//#endregion
//#region src/storages/globalMessage/globalMessage.ts
let store$3;
/**
* Returns a global error message.
*
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalMessage(lang) {
	return store$3?.get(lang);
}

//#endregion
//#region src/storages/schemaMessage/schemaMessage.ts
let store$2;
/**
* Returns a schema error message.
*
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getSchemaMessage(lang) {
	return store$2?.get(lang);
}

//#endregion
//#region src/storages/specificMessage/specificMessage.ts
let store$1;
/**
* Returns a specific error message.
*
* @param reference The identifier reference.
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getSpecificMessage(reference, lang) {
	return store$1?.get(reference)?.get(lang);
}

//#endregion
//#region src/utils/_stringify/_stringify.ts
/**
* Stringifies an unknown input to a literal or type string.
*
* @param input The unknown input.
*
* @returns A literal or type string.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}

//#endregion
//#region src/utils/_addIssue/_addIssue.ts
/**
* Adds an issue to the dataset.
*
* @param context The issue context.
* @param label The issue label.
* @param dataset The input dataset.
* @param config The configuration.
* @param other The optional props.
*
* @internal
*/
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? /* @__PURE__ */ _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? /* @__PURE__ */ getSpecificMessage(context.reference, issue.lang) ?? (isSchema ? /* @__PURE__ */ getSchemaMessage(issue.lang) : null) ?? config$1.message ?? /* @__PURE__ */ getGlobalMessage(issue.lang);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}

//#endregion
//#region src/utils/_joinExpects/_joinExpects.ts
/**
* Joins multiple `expects` values with the given separator.
*
* @param values The `expects` values.
* @param separator The separator.
*
* @returns The joined `expects` property.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}

//#endregion
//#region src/utils/_standardSchema/_standardSchema.ts
/**
* Eagerly creates and attaches the Standard Schema properties of a schema.
*
* Hint: The contextual `this` type includes the standard properties that are
* attached before the schema is returned.
*
* @param schema The schema to attach standard properties to.
*
* @returns The schema with standard properties attached.
*
* @internal
*/
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
	};
	return schema;
}

//#endregion
//#region src/actions/check/check.ts
/* @__NO_SIDE_EFFECTS__ */
function check(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: check,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minLength/minLength.ts
/* @__NO_SIDE_EFFECTS__ */
function minLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_length",
		reference: minLength,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length < this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/nonEmpty/nonEmpty.ts
/* @__NO_SIDE_EFFECTS__ */
function nonEmpty(message$1) {
	return {
		kind: "validation",
		type: "non_empty",
		reference: nonEmpty,
		async: false,
		expects: "!0",
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length === 0) _addIssue(this, "length", dataset, config$1, { received: "0" });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/rawTransform/rawTransform.ts
/**
* Creates a raw transformation action.
*
* @param action The transformation action.
*
* @returns A raw transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function rawTransform(action) {
	return {
		kind: "transformation",
		type: "raw_transform",
		reference: rawTransform,
		async: false,
		"~run"(dataset, config$1) {
			const output = action({
				dataset,
				config: config$1,
				addIssue: (info) => _addIssue(this, info?.label ?? "input", dataset, config$1, info),
				NEVER: null
			});
			if (dataset.issues) dataset.typed = false;
			else dataset.value = output;
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/transform/transform.ts
/**
* Creates a custom transformation action.
*
* @param operation The transformation operation.
*
* @returns A transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function transform(operation) {
	return {
		kind: "transformation",
		type: "transform",
		reference: transform,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = this.operation(dataset.value);
			return dataset;
		}
	};
}

//#endregion
//#region src/methods/getFallback/getFallback.ts
/**
* Returns the fallback value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The output dataset if available.
* @param config The config if available.
*
* @returns The fallback value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}

//#endregion
//#region src/methods/getDefault/getDefault.ts
/**
* Returns the default value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The input dataset if available.
* @param config The config if available.
*
* @returns The default value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}

//#endregion
//#region src/schemas/array/array.ts
/* @__NO_SIDE_EFFECTS__ */
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/optional/optional.ts
/* @__NO_SIDE_EFFECTS__ */
function optional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/picklist/picklist.ts
/* @__NO_SIDE_EFFECTS__ */
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/strictObject/strictObject.ts
/* @__NO_SIDE_EFFECTS__ */
function strictObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/string/string.ts
/* @__NO_SIDE_EFFECTS__ */
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/union/utils/_subIssues/_subIssues.ts
/**
* Returns the sub issues of the provided datasets for the union issue.
*
* @param datasets The datasets.
*
* @returns The sub issues.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _subIssues(datasets) {
	let issues;
	if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
	else issues = dataset.issues;
	return issues;
}

//#endregion
//#region src/schemas/union/union.ts
/* @__NO_SIDE_EFFECTS__ */
function union(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: union,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}

//#endregion
//#region src/methods/pipe/pipe.ts
/* @__NO_SIDE_EFFECTS__ */
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}

//#endregion
//#region src/methods/safeParse/safeParse.ts
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parse result.
*/
/* @__NO_SIDE_EFFECTS__ */
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig());
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}

const text = (what) => pipe(string(`must be text: ${what}`), nonEmpty(`must not be empty: ${what}`));
const builderName = text('a builder such as "CI/test", * standing for any run of characters');
const someBuilder = 'must be a builder such as "CI/test", or a list of them, not empty';
const builder = optional(
  union(
    [
      pipe(
        builderName,
        transform((name2) => [name2])
      ),
      pipe(array(builderName), minLength(1, someBuilder))
    ],
    someBuilder
  )
);
const column = optional(
  pipe(
    text("the name of a column, such as bundle_kb"),
    check((name2) => name2 !== "time", 'must not be "time", which InfluxDB keeps for itself')
  )
);
const regex = optional(
  pipe(
    string("must be text: a JavaScript regular expression such as 'bench_.*'"),
    rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return workspace.compileRegex(dataset.value);
      } catch (error) {
        addIssue({ message: `is no JavaScript regular expression: ${error.message}` });
        return NEVER;
      }
    })
  )
);
const callback = optional(text("a JSONata expression such as $number(value) / 1024"));
const name = optional(text("the name exactly as the build has it"));
const options = {
  "start-time": strictObject({ builder, callback, field: column }),
  "end-time": strictObject({ builder, callback, field: column }),
  duration: strictObject({
    builder,
    callback,
    field: column,
    "report-in": optional(
      picklist(Object.keys(workspace.units), `must be one of ${Object.keys(workspace.units).join(", ")}`)
    )
  }),
  property: strictObject({
    name,
    regex,
    builder,
    callback,
    type: optional(picklist(workspace.valueTypes, `must be one of ${workspace.valueTypes.join(", ")}`)),
    field: column,
    tag: column,
    "on-missing": optional(picklist(workspace.missingLevels, `must be one of ${workspace.missingLevels.join(", ")}`))
  }),
  data: strictObject({
    name,
    regex,
    builder,
    callback,
    measurement: optional(text("a measurement")),
    tags: optional(array(text("a key of the record"), "must be a list of keys of the record, such as [suite]"))
  })
};
const kinds = Object.keys(options);
const unused = {
  native: [],
  buildbot: ["field", "tag", "tags", "measurement"]
};
function parseRules(value, lineOf, context = { source: "captures", layout: "native" }) {
  if (!Array.isArray(value)) {
    return { rules: [], problems: [{ path: [], text: 'must be a list of rules: start each with "- "' }] };
  }
  const placed = [];
  const problems = [];
  for (const [index, item] of value.entries()) {
    const parsed = parseRule(item, index, lineOf([index]), context);
    if (Array.isArray(parsed)) problems.push(...parsed);
    else placed.push({ rule: parsed, index });
  }
  const doubles = context.layout === "native" ? findDoubles(placed) : [];
  return { rules: placed.map(({ rule }) => rule), problems: [...problems, ...doubles] };
}
function parseRule(item, index, line, { source, layout }) {
  const [kind, given, path] = splitRule(item, index);
  if (!isKind(kind)) {
    if (typeof kind === "string") {
      return [{ path: [index], text: `unknown rule ${JSON.stringify(kind)}; ${workspace.suggest(kind, kinds, "rules")}` }];
    }
    const text2 = `a rule has one kind, with its keys in a map below it, but this is ${show(item)}. Known rules: ${kinds.join(", ")}`;
    return [{ path: [index], text: text2 }];
  }
  const foreign = unused[layout].filter((key) => typeof given === "object" && given !== null && key in given);
  if (foreign.length > 0) {
    return foreign.map((key) => ({
      path: [...path, key],
      text: `"${key}" has no use in the layout ${layout}: leave it out`
    }));
  }
  const takesName = kind === "property" || kind === "data";
  const result = safeParse(options[kind], takesName && typeof given === "string" ? { name: given } : given ?? {});
  if (!result.success) return result.issues.map((issue) => explainIssue(issue, kind, path));
  const output = result.output;
  const common = { builder: output.builder, callback: output.callback, source, line };
  switch (kind) {
    case "start-time":
    case "end-time":
      return { kind, field: output.field, ...common };
    case "duration":
      return { kind, reportIn: output["report-in"] ?? "seconds", field: output.field, ...common };
    case "property": {
      const match = toMatcher(output);
      if (match === void 0) return [{ path, text: `${kind} takes either "name" or "regex"` }];
      const { field, tag, type } = output;
      if (tag !== void 0 && field !== void 0) return [{ path, text: 'takes either "field" or "tag", not both' }];
      if (tag !== void 0 && type !== void 0) return [{ path, text: 'a tag is always text: leave "type" out' }];
      return { kind, match, type, field, tag, onMissing: output["on-missing"] ?? "warn", ...common };
    }
    case "data": {
      const match = toMatcher(output);
      if (match === void 0) return [{ path, text: `${kind} takes either "name" or "regex"` }];
      const tags = output.tags ?? [];
      return { kind, match, measurement: output.measurement, tags, ...common };
    }
  }
}
function splitRule(item, index) {
  if (typeof item !== "object" || item === null) return [item, void 0, [index]];
  const keys = Object.keys(item);
  const [kind] = keys;
  if (kind === void 0 || keys.length > 1) return [void 0, void 0, [index]];
  return [kind, item[kind], [index, kind]];
}
function isKind(kind) {
  return kinds.includes(kind);
}
function toMatcher(output) {
  if (output.name !== void 0 && output.regex !== void 0) return void 0;
  if (output.name !== void 0) return { name: output.name };
  return output.regex === void 0 ? void 0 : { regex: output.regex };
}
function explainIssue(issue, kind, path) {
  const keys = issue.path?.map(({ key }) => key) ?? [];
  const place = [...path, ...keys];
  if (issue.type === "strict_object" && issue.expected === "never") {
    const known = Object.keys(options[kind].entries);
    return {
      path: place,
      text: `unknown key ${JSON.stringify(keys.at(-1))} of ${kind}; ${workspace.suggest(String(keys.at(-1)), known, "keys")}`
    };
  }
  if (keys.length === 0)
    return { path: place, text: `${kind} takes a map of keys: ${Object.keys(options[kind].entries).join(", ")}` };
  return {
    path: place,
    text: `${kind}: ${JSON.stringify(keys[0])} ${issue.message}, but is ${show(issue.input)}`
  };
}
function show(value) {
  try {
    const text2 = JSON.stringify(value) ?? String(value);
    return text2.length > 60 ? `${text2.slice(0, 60)}\u2026` : text2;
  } catch {
    return "a value that holds itself";
  }
}
function findDoubles(placed) {
  const first = /* @__PURE__ */ new Map();
  const problems = [];
  for (const { rule, index } of placed) {
    const column2 = toColumnName(rule);
    if (column2 === void 0) continue;
    const key = JSON.stringify([column2, rule.builder]);
    const earlier = first.get(key);
    const text2 = earlier && `would fill the same column as ${workspace.nameRule(earlier)}; give one of them a "field"`;
    if (text2 === void 0) first.set(key, rule);
    else problems.push({ path: [index], text: text2 });
  }
  return problems;
}
function toColumnName(rule) {
  switch (rule.kind) {
    case "start-time":
    case "end-time":
      return rule.field === void 0 ? rule.kind : `column ${rule.field}`;
    case "duration":
      return rule.field === void 0 ? `duration in ${rule.reportIn}` : `column ${rule.field}`;
    case "property":
      if (rule.tag !== void 0 || rule.field !== void 0) return `column ${rule.tag ?? rule.field}`;
      return "name" in rule.match ? `property ${rule.match.name}` : void 0;
    case "data":
      return void 0;
  }
}

exports.parseRules = parseRules;
