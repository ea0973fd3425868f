'use strict';

const node_http = require('node:http');
const node_net = require('node:net');
const node_fs = require('node:fs');
const node_os = require('node:os');
const limits = require('./limits.js');

const ends = /[\s"'`,;()[\]{}<>|]/;
const maxWord = 1e3;
function cutText$1(text, length) {
  const points = [...text.slice(0, 2 * length + 1)];
  if (points.length <= length) return text;
  const least = length - maxWord;
  let end = length;
  while (end > 0 && end > least && !ends.test(points[end] ?? "")) end--;
  return `${points.slice(0, end > 0 && end === least ? length : end).join("").trimEnd()}\u2026`;
}
function cutStart(text, length) {
  if (text.length <= length) return text;
  const end = text.slice(-length - 1);
  const from = end.slice(0, maxWord).search(ends);
  return from < 0 ? end.slice(0 ) : end.slice(from);
}

function openUpload(env, http) {
  const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: url, GITHUB_SERVER_URL: server } = env;
  if (!token || !url) return void 0;
  const host = URL.parse(server || "https://github.com")?.hostname ?? "";
  if (!/^github\.com$|\.ghe\.com$|\.localhost$/i.test(host)) return void 0;
  return async (name, folder, files, signal) => {
    const { uploadFiles } = await Promise.resolve().then(() => require('./artifact-client.js'));
    await uploadFiles(name, folder, files, { url, token }, http, signal);
  };
}

function bypassesProxy({ hostname, port, protocol }, env) {
  const host = toPlainHost(hostname);
  const ofUrl = port || (protocol === "https:" ? "443" : "80");
  const entries = (env.no_proxy || env.NO_PROXY || "").split(/[\s,]+/).filter((entry) => entry !== "");
  return entries.some((entry) => matches(entry, host, ofUrl));
}
function matches(entry, host, port) {
  if (entry === "*") return true;
  if (node_net.isIP(host) !== 0 && entry.includes("/")) return isInSubnet(host, entry);
  const [, name = entry, ofEntry = port] = node_net.isIP(entry) === 0 ? /^(.+?)(?::(\d+))?$/.exec(entry) ?? [] : [];
  const domain = toPlainHost(name.replace(/^\*?\./, ""));
  return ofEntry === port && (host === domain || node_net.isIP(host) === 0 && host.endsWith(`.${domain}`));
}
function toPlainHost(name) {
  const bare = name.replace(/^\[|\]$/g, "");
  const url = node_net.isIP(bare) === 6 ? URL.parse(`http://[${bare}]`) : URL.parse(`http://${bare}`);
  return (url?.hostname ?? bare.toLowerCase()).replace(/^\[|\]$|\.$/g, "");
}
function isInSubnet(address, subnet) {
  const [network = "", bits = ""] = subnet.split("/");
  const [family, most] = node_net.isIP(network) === 6 ? ["ipv6", 128] : ["ipv4", 32];
  if (node_net.isIP(network) !== node_net.isIP(address) || !/^\d{1,3}$/.test(bits) || Number(bits) > most) return false;
  const list = new node_net.BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(address, family);
}

const defaultMaxBodyBytes = 8 * 1024 * 1024;
const maxErrorBytes = 64 * 1024;
function createHttpClient(env) {
  const proxyEnv = { ...env, NO_PROXY: "", no_proxy: "" };
  const agents = /* @__PURE__ */ new Map();
  async function open(url) {
    const https = url.protocol === "https:" ? await import('node:https') : void 0;
    const isDirect = bypassesProxy(url, env);
    const key = `${url.protocol} ${isDirect}`;
    let agent = agents.get(key);
    if (agent === void 0) {
      agent = new (https?.Agent ?? node_http.Agent)({ keepAlive: true, ...isDirect ? {} : { proxyEnv } });
      agents.set(key, agent);
    }
    return [https?.request ?? node_http.request, agent];
  }
  return {
    async request(given) {
      const { method, url, headers, body, signal, isLenient = false } = given;
      signal.throwIfAborted();
      const [request, agent] = await open(url);
      const length = body === void 0 ? {} : { "content-length": String(Buffer.byteLength(body)) };
      return await send(
        request,
        url,
        { method, headers: { ...headers, ...length }, agent, signal, insecureHTTPParser: isLenient },
        given
      );
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
    }
  };
}
function send(request, url, options, { body, maxBodyBytes = defaultMaxBodyBytes, isCut = false, onSent, onByte }) {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const outgoing = request(url, options, (incoming) => {
      isAnswered = true;
      const { statusCode: status = 0, statusMessage: statusText = "", headers } = incoming;
      const isError = status < 200 || status >= 300;
      const maxBytes = isError ? Math.min(maxErrorBytes, maxBodyBytes) : maxBodyBytes;
      const chunks = [];
      let length = 0;
      const end = () => resolve({ status, statusText, headers, body: Buffer.concat(chunks).subarray(0, maxBytes) });
      incoming.on("data", (chunk) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length <= maxBytes) return;
        if (isError || isCut) end();
        incoming.destroy(new Error(`the answer is longer than ${maxBytes} bytes`));
      });
      incoming.on("error", reject);
      incoming.on("end", end);
    });
    if (onSent !== void 0) outgoing.once("finish", onSent);
    if (onByte !== void 0) outgoing.once("socket", (socket) => socket.once("data", onByte));
    outgoing.on("error", reject);
    outgoing.on("close", () => {
      if (!isAnswered) reject(new Error("the connection was closed before there was an answer"));
    });
    outgoing.end(body);
  });
}

function readProxySecrets(env) {
  const names = Object.keys(env).filter((name) => /^(https?|all)_proxy$/i.test(name));
  return names.flatMap((name) => {
    const text = env[name] ?? "";
    const login = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/]*)@/i.exec(text)?.[1];
    if (login === void 0) return [];
    const colon = login.indexOf(":");
    const user = colon < 0 ? login : login.slice(0, colon);
    const password = colon < 0 ? "" : login.slice(colon + 1);
    const secret = password === "" ? user : password;
    const url = URL.parse(text);
    return [
      text,
      text.replace(/\/$/, ""),
      ...url === null ? [] : [url.href, url.href.replace(/\/$/, ""), url.password],
      secret,
      decode(secret),
      Buffer.from(`${decode(user)}:${decode(password)}`).toString("base64")
    ].filter((part) => part !== "");
  });
}
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}

/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + node_os.EOL);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}

function randomUUID() {
  const bytes = Buffer.alloc(16);
  try {
    const device = node_fs.openSync("/dev/urandom", "r");
    const length = node_fs.readSync(device, bytes);
    node_fs.closeSync(device);
    if (length === bytes.length) return bytes.toString("hex");
  } catch {
  }
  return process.getBuiltinModule("node:crypto").randomUUID();
}

// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!node_fs.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    node_fs.appendFileSync(filePath, `${toCommandValue(message)}${node_os.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${node_os.EOL}${convertedValue}${node_os.EOL}${delimiter}`;
}

class HttpClient { getAgent() {} getAgentDispatcher() {} }

(undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    issueCommand('add-mask', {}, secret);
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    return val.trim();
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(node_os.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + node_os.EOL);
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState$1(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}

function cleanMeasurement(name) {
  return keepOwn(cleanTag(name).replace(/^#/, "_")) || "_";
}
function cleanName(name, longest = limits.maxNameCharacters) {
  return keepOwn(cleanTag(cutText(name, longest), longest).replace(/^#/, "_")) || "_";
}
function isOwnName(name) {
  return name === "time" || name === "_field" || name === "_measurement";
}
function cleanKey(name, longest = limits.maxNameCharacters) {
  const clean = keepOwn(cleanTag(cutText(name, longest), longest)) || "_";
  return isOwnName(clean) ? `${clean}_` : clean;
}
function cleanTag(value, longest = limits.maxTagCharacters) {
  const text = value.toWellFormed().replace(/\r\n|[\u0000-\u001f\u007f]/g, " ");
  return cutText(text, longest).replace(/(?<!\\)\\+(?=[,= "]|$)/g, "").replaceAll("#!~", "#!_");
}
function cleanText(text) {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
function cleanString(given) {
  const value = cleanText(given);
  if (value.length * 3 <= limits.maxFieldBytes) return value;
  const bytes = new TextEncoder().encode(value);
  if (bytes.length <= limits.maxFieldBytes) return value;
  let end = limits.maxFieldBytes;
  while (((bytes[end] ?? 0) & 192) === 128) end--;
  return new TextDecoder().decode(bytes.subarray(0, end));
}
function toKey(name) {
  return keepOwn(name.replace(/[^A-Za-z0-9_]/g, "_").slice(0, limits.maxNameCharacters)) || "_";
}
function keepOwn(name) {
  return name === "__proto__" ? "_proto_" : name;
}
function cutText(text, length) {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

const minBase64 = 8;
function toSecretForms(given) {
  const secret = given.toWellFormed();
  const forms = [
    given,
    given.trim(),
    cleanTag(secret, Number.POSITIVE_INFINITY),
    ...toJson(secret),
    ...toPercent(secret),
    ...toHtml(secret),
    ...toBase64(secret)
  ];
  return [...new Set(forms)].filter((form) => form !== "");
}
function toJson(secret) {
  const json = JSON.stringify(secret).slice(1, -1);
  const toCode = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return [
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll("/", "\\/"),
    json.replace(/[^ -~]/g, toCode),
    json.replace(/[<>&]/g, toCode)
  ];
}
function toPercent(secret) {
  const component = encodeURIComponent(secret);
  const strict = component.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  const query = new URLSearchParams([["", secret]]).toString().slice(1);
  return [component, strict, query, encodeURI(secret)].flatMap((form) => [form, form.replaceAll("%2F", "/")]).flatMap((form) => [form, form.replace(/%../g, (code) => code.toLowerCase())]).flatMap((form) => [form, form.replace(/%../g, (code) => code.toUpperCase())]);
}
function toHtml(secret) {
  const text = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return [text, text.replaceAll(">", "&gt;")].flatMap(
    (one) => ['"', "&quot;", "&#34;"].flatMap(
      (double) => ["'", "&apos;", "&#39;", "&#x27;", "&#039;"].map((single) => one.replaceAll('"', double).replaceAll("'", single))
    )
  );
}
function toBase64(secret) {
  const bytes = Buffer.from(secret);
  const whole = bytes.toString("base64");
  const parts = [0, 1, 2].map((before) => {
    const bits = (before + bytes.length) * 8;
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice(Math.ceil(before * 8 / 6), Math.floor(bits / 6));
  });
  return [whole, ...parts].filter((form) => form.length >= minBase64).flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}

const title = { title: "Build Stats" };
function openLog(secrets) {
  const known = [];
  let redactAll = (text) => text;
  let redactLong = redactAll;
  function addSecrets(more) {
    for (const secret of more) setSecret(secret);
    known.push(...more);
    redactAll = createRedact(known);
    redactLong = createRedact(known.filter((secret) => secret.length >= minLength));
  }
  addSecrets(secrets);
  function print(text) {
    const end = `build-stats-${randomUUID()}`;
    process.stdout.write(`::stop-commands::${end}
${redactAll(text).replace(controls, keepTab)}::${end}::
`);
  }
  const clean = (text) => cut(redactAll(text).replace(controls, visible));
  return {
    addSecrets,
    redact: (text) => redactLong(text),
    debug: (text) => debug(clean(text)),
    info: (text) => info(disobey(clean(text))),
    notice: (text) => notice(disobey(clean(text)), title),
    warning: (text) => warning(disobey(clean(text)), title),
    error: (text) => error(disobey(clean(text)), title),
    fail: (text) => {
      process.exitCode = ExitCode.Failure;
      error(disobey(clean(text)), title);
    },
    print: (lines) => print(lines.map((line) => `${line}
`).join("")),
    printGroup(title2, text) {
      process.stdout.write(`::group::${disobey(clean(title2)).replaceAll("\n", " ")}
`);
      print(text);
      process.stdout.write("::endgroup::\n");
    }
  };
}
const minLength = 6;
function createRedact(secrets) {
  const known = [...new Set(secrets.flatMap(toSecretForms))];
  const shortest = Math.min(...known.map(({ length }) => length));
  return (given) => {
    const text = given.includes(ellipsis) ? redactCut(given, known) : given;
    if (text.length < shortest || !known.some((secret) => text.includes(secret))) return text;
    const ranges = known.flatMap((secret) => findRanges(text, secret)).sort(([a], [b]) => a - b);
    let redacted = "";
    let end = 0;
    for (const [from, to] of ranges) {
      if (from >= end && (from > end || end === 0)) redacted += `${text.slice(end, from)}***`;
      end = Math.max(end, to);
    }
    return redacted + text.slice(end);
  };
}
const ellipsis = "\u2026";
const minPart = 4;
function redactCut(text, secrets) {
  const parts = text.split(ellipsis);
  const last = parts.pop() ?? "";
  const cut2 = parts.map((part) => {
    const longest = Math.max(0, ...secrets.map((secret) => findOverlap(part, secret)));
    return longest < minPart ? part : `${part.slice(0, -longest)}***`;
  });
  return [...cut2, last].join(ellipsis);
}
function findOverlap(text, secret) {
  for (let length = Math.min(text.length, secret.length - 1); length >= minPart; length--) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}
function findRanges(text, secret) {
  const ranges = [];
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) ranges.push([at, at + secret.length]);
  return ranges;
}
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
function keepTab(character) {
  return character === "	" ? character : visible(character);
}
function visible(character) {
  return character === "	" ? " " : "\uFFFD";
}
const maxText = 4e3;
function cut(text) {
  return text.length > maxText ? `${cutText$1(text, maxText / 2)} ${cutStart(text, maxText / 2)}` : text;
}
function disobey(text) {
  return text.replace(/^\s*::/gm, "\u200B$&").replaceAll("##[", "##\u200B[");
}

function openRunner(env, toSecrets) {
  const readInput = (name) => getInput(name);
  const log = openLog(toSecrets(readInput));
  const told = /* @__PURE__ */ new Set();
  function append(variable, write) {
    const path = env[variable] || void 0;
    const size = sizeOf(path);
    try {
      write();
    } catch (error) {
      cutBack(path, size);
      if (told.has(variable)) return;
      told.add(variable);
      const { message } = error;
      const why = path === void 0 || message.includes(path) ? message : `${path}: ${message}`;
      log.warning(`${losses[variable]}, since ${variable} cannot be written: ${why}.`);
    }
  }
  return {
    env,
    log,
    now: Date.now,
    readInput,
    setOutput: (name, value) => append("GITHUB_OUTPUT", () => setOutput(name, value)),
    exportVariable: (name, value) => append("GITHUB_ENV", () => exportVariable(name, value)),
    saveState: (name, value) => append("GITHUB_STATE", () => saveState$1(name, value)),
    readState: getState,
    writeSummary: (markdown) => append("GITHUB_STEP_SUMMARY", () => {
      if (env.GITHUB_STEP_SUMMARY) node_fs.appendFileSync(env.GITHUB_STEP_SUMMARY, markdown);
    })
  };
}
const losses = {
  GITHUB_OUTPUT: "This step has no outputs",
  GITHUB_ENV: "Later steps do not know $BUILD_STATS",
  GITHUB_STATE: "The end of the job does not know what its start knew",
  GITHUB_STEP_SUMMARY: "The job summary is missing"
};
function sizeOf(path) {
  try {
    return path === void 0 ? void 0 : node_fs.statSync(path).size;
  } catch {
    return void 0;
  }
}
function cutBack(path, size) {
  try {
    if (path !== void 0 && size !== void 0 && (sizeOf(path) ?? 0) > size) node_fs.truncateSync(path, size);
  } catch {
  }
}

const secretInputs = ["token", "password", "github-token"];
function readSecrets(read) {
  const login = read("username") === "" ? [] : [Buffer.from(`${read("username")}:${read("password")}`).toString("base64")];
  return [...secretInputs.map(read), ...login].filter((secret) => secret !== "");
}

function openEdges(env, cancel) {
  const runner = openRunner(env, (read) => [...readSecrets(read), ...readProxySecrets(env)]);
  const http = createHttpClient(env);
  return { runner, http, upload: openUpload(env, http), cancel };
}
const oldestNode = 24;
async function runPhase(phase) {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) < oldestNode) {
    const failsJob = /^true$/i.test(process.env["INPUT_FAIL-ON-ERROR"] ?? "");
    const text = `Build Stats needs Node ${oldestNode} and runs on Node ${node}: no statistics are written. Update the runner, or use a container with Node ${oldestNode}.`;
    process.stdout.write(`::${failsJob ? "error" : "warning"}::${text}
`);
    process.exitCode = failsJob ? 1 : 0;
    return;
  }
  const cancel = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => cancel.abort());
  const edges = openEdges(process.env, cancel.signal);
  try {
    await phase(edges);
  } catch (error) {
    const { log, readInput } = edges.runner;
    const text = `Statistics of this job may be missing, by a defect of Build Stats: ${error?.message ?? error}`;
    if (/^true$/i.test(readInput("fail-on-error"))) log.fail(text);
    else log.warning(text);
    log.debug(error?.stack ?? "");
  }
  edges.http.close();
  process.stdout.write("", () => process.exit());
}

function redactData(value, redact) {
  return redactValue(value, redact);
}
function redactValue(value, redact) {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return redact(String(value)) === String(value) ? value : redact(String(value));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), redactValue(inner, redact)]));
}
function redactRecord(record, redact) {
  if (isClean(record, redact)) return record;
  const json = record.json === void 0 ? {} : { json: redactData(record.json, redact) };
  return {
    ...record,
    name: redact(record.name),
    tags: [...new Map(record.tags.map(([key, value]) => [redact(key), redact(value)]))],
    fields: [...new Map(record.fields.map(([key, value]) => [redact(key), redactField(value, redact)]))],
    ...json
  };
}
function isClean({ name, tags, fields, json }, redact) {
  if (json !== void 0 || redact(name) !== name) return false;
  for (const [key, value] of tags) if (redact(key) !== key || redact(value) !== value) return false;
  for (const [key, value] of fields) if (redact(key) !== key || redactField(value, redact) !== value) return false;
  return true;
}
function redactField(value, redact) {
  if (typeof value === "boolean") return value;
  const text = typeof value === "object" ? String(value.value) : String(value);
  const redacted = redact(text);
  return redacted === text ? value : redacted;
}

function listLeaves(matrix) {
  return Object.entries(matrix).flatMap(([key, value]) => toLeaves(value, [key]));
}
function toLeaves(value, path) {
  if (typeof value !== "object" || value === null) return [{ path, text: value === null ? "" : String(value) }];
  return Object.entries(value).flatMap(([key, inner]) => toLeaves(inner, [...path, key]));
}
function toLegSuffix(matrix) {
  const shown = listLeaves(matrix).flatMap(({ text }) => text === "" ? [] : [text]);
  return shown.length === 0 ? "" : ` (${shown.join(", ")})`;
}

function toBuilder(workflow, job, matrix) {
  return `${workflow}/${job}${toLegSuffix(matrix)}`;
}
function toDuration({ startMs, endMs }) {
  return startMs === void 0 ? void 0 : Math.max(0, endMs - startMs) / 1e3;
}
function formatDuration(seconds) {
  const whole = Math.round(seconds * 10) / 10;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole % 3600 / 60)];
  const rest = `${Math.round(whole % 60 * 10) / 10} s`;
  if (hours > 0) return `${hours} h ${minutes} min ${rest}`;
  return minutes > 0 ? `${minutes} min ${rest}` : rest;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const separator = " / ";
function findCaller({ name, job, matrix, definedIn, triggered }) {
  const isCalled = definedIn && triggered ? definedIn.toLowerCase() !== triggered.toLowerCase() : void 0;
  if (isCalled === false) return "";
  if (name === void 0) return void 0;
  const suffix = toLegSuffix(matrix);
  const bare = suffix !== "" && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  const parts = bare.split(separator);
  const own = parts.findLastIndex((part, index) => index > 0 && (part === job || part.startsWith(`${job} (`)));
  if (own > 0) return parts.slice(0, own).join(separator);
  if (isCalled) return parts.length > 1 ? parts.slice(0, -1).join(separator) : void 0;
  return parts.length > 1 ? void 0 : "";
}
function cutRunValues(caller, { ids, words }) {
  return caller.split(separator).map((part) => replaceAll(isJobId(part) ? part : replaceAll(part, words), ids)).join(separator);
}
function isJobId(text) {
  return /^[A-Za-z_][\w-]*$/.test(text);
}
function replaceAll(text, values) {
  return values.filter((value) => value !== "").toSorted((a, b) => b.length - a.length).reduce((rest, value) => {
    const isWord = (character) => character !== void 0 && /[\p{L}\p{N}]/u.test(character);
    let [done, at] = ["", 0];
    for (; ; ) {
      const from = rest.indexOf(value, at);
      if (from < 0) return done + rest.slice(at);
      const end = from + value.length;
      const isWhole = !isWord(rest[from - 1]) && !isWord(rest[end]);
      done += rest.slice(at, from) + (isWhole ? "*" : value);
      at = end;
    }
  }, text);
}

function readEvent(env) {
  try {
    const path = env.GITHUB_EVENT_PATH ?? "";
    if (!node_fs.statSync(path).isFile()) return {};
    const payload = JSON.parse(node_fs.readFileSync(path, "utf8"));
    return isObject(payload) ? payload : {};
  } catch {
    return {};
  }
}
function toIdentity(env, event, contexts, builder = "") {
  const workflow = env.GITHUB_WORKFLOW ?? "";
  const job = env.GITHUB_JOB ?? "";
  const jobId = toInteger(contexts.job.check_run_id);
  return {
    builder: builder || toBuilder(workflow, job, contexts.matrix),
    repository: env.GITHUB_REPOSITORY ?? "",
    workflow,
    job,
    event: env.GITHUB_EVENT_NAME ?? "",
    branch: toBranch(env, event),
    defaultBranch: toDefaultBranch(env, event),
    sha: env.GITHUB_SHA ?? "",
    actor: env.GITHUB_ACTOR ?? "",
    url: toRunUrl(env, jobId),
    runId: toInteger(env.GITHUB_RUN_ID),
    number: toInteger(env.GITHUB_RUN_NUMBER),
    attempt: toInteger(env.GITHUB_RUN_ATTEMPT),
    jobId,
    runnerName: env.RUNNER_NAME ?? "",
    runnerOs: env.RUNNER_OS ?? "",
    runnerArch: env.RUNNER_ARCH ?? "",
    matrix: contexts.matrix
  };
}
function toCaller(env, event, contexts, name) {
  const caller = findCaller({
    ...{ name, job: env.GITHUB_JOB ?? "", matrix: contexts.matrix },
    definedIn: textAt(contexts.job, "workflow_ref"),
    triggered: env.GITHUB_WORKFLOW_REF
  });
  if (caller === void 0) return void 0;
  const shas = [env.GITHUB_SHA, env.GITHUB_WORKFLOW_SHA, textAt(event, "pull_request", "head", "sha")];
  const refs = [env.GITHUB_REF, env.GITHUB_REF_NAME, env.GITHUB_HEAD_REF, toBranch(env, event)];
  const inputs = [event.inputs, contexts.inputs].flatMap((map) => isObject(map) ? Object.values(map) : []);
  return cutRunValues(caller, {
    ids: [env.GITHUB_RUN_ID, env.GITHUB_RUN_NUMBER, ...shas.flatMap((sha) => [sha, sha?.slice(0, 7)])].filter(isText),
    words: [...refs, ...inputs.map((value) => isWord(value) ? String(value) : void 0)].filter(isText)
  });
}
function isWord(value) {
  return (typeof value === "string" || typeof value === "number") && !/^(true|false|)$/.test(String(value));
}
function isText(text) {
  return text !== void 0;
}
function toRunUrl(env, jobId) {
  const server = env.GITHUB_SERVER_URL ?? "https://github.com";
  const run = `${server}/${env.GITHUB_REPOSITORY ?? ""}/actions/runs/${env.GITHUB_RUN_ID ?? ""}`;
  return jobId === void 0 ? `${run}/attempts/${env.GITHUB_RUN_ATTEMPT ?? "1"}` : `${run}/job/${jobId}`;
}
function toBranch(env, event) {
  return env.GITHUB_HEAD_REF || textAt(event, "pull_request", "head", "ref") || env.GITHUB_REF_NAME || "";
}
function toDefaultBranch(env, event) {
  const name = env.GITHUB_EVENT_NAME ?? "";
  if (name === "schedule") return "true";
  if (name.startsWith("pull_request")) return "false";
  const defaultBranch = textAt(event, "repository", "default_branch");
  if (defaultBranch === void 0 || env.GITHUB_REF === void 0) return "unknown";
  return env.GITHUB_REF === `refs/heads/${defaultBranch}` ? "true" : "false";
}
const githubKeys = [
  "actor",
  "actor_id",
  "api_url",
  "base_ref",
  "event_name",
  "graphql_url",
  "head_ref",
  "job",
  "ref",
  "ref_name",
  "ref_protected",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "retention_days",
  "run_attempt",
  "run_id",
  "run_number",
  "server_url",
  "sha",
  "triggering_actor",
  "workflow",
  "workflow_ref",
  "workflow_sha",
  "workspace"
];
const runnerKeys = ["arch", "debug", "environment", "name", "os", "temp", "tool_cache"];
function toGithubProperties(env) {
  return pick(env, "GITHUB", githubKeys);
}
function toRunnerProperties(env) {
  return pick(env, "RUNNER", runnerKeys);
}
function toEnvProperties(env) {
  const entries = Object.entries(env).filter(([name]) => !/^(INPUT|STATE|ACTIONS)_/i.test(name));
  return Object.fromEntries(entries.filter((entry) => entry[1] !== void 0));
}
function toSecretHint(env, event) {
  if (isFork(env, event)) {
    const secretHint2 = "Secrets are not passed to workflows that a pull request from a fork triggers.";
    return { hasNoSecrets: env.GITHUB_EVENT_NAME !== "pull_request_target", secretHint: secretHint2 };
  }
  if (env.GITHUB_ACTOR === "dependabot[bot]") {
    return { hasNoSecrets: true, secretHint: "Runs that Dependabot triggers see Dependabot secrets only." };
  }
  const secretHint = "If it is set from a secret or variable, make sure that it exists and is available in this workflow.";
  return { hasNoSecrets: false, secretHint };
}
function isFork(env, event) {
  const head = isObject(event.pull_request) ? event.pull_request.head : void 0;
  if (!isObject(head)) return false;
  const name = textAt(head, "repo", "full_name");
  return head.repo === null || name !== void 0 && name !== env.GITHUB_REPOSITORY;
}
function pick(env, prefix, keys) {
  const entries = keys.map((key) => [key, env[`${prefix}_${key.toUpperCase()}`]]);
  return Object.fromEntries(entries.filter((entry) => Boolean(entry[1])));
}
function textAt(root, ...keys) {
  let value = root;
  for (const key of keys) value = isObject(value) ? value[key] : void 0;
  return typeof value === "string" && value !== "" ? value : void 0;
}
function toInteger(value) {
  const text = typeof value === "object" ? "" : String(value);
  return /^\d{1,18}$/.test(text) ? BigInt(text) : void 0;
}

function isDeep(value, depth = 0) {
  if (typeof value !== "object" || value === null) return false;
  if (depth === limits.maxDepth) return true;
  const inner = Array.isArray(value) ? value : Object.values(value);
  return inner.some((item) => isDeep(item, depth + 1));
}
function cutDeep(value) {
  return isDeep(value) ? { value: cutValue(value, 0), isCut: true } : { value, isCut: false };
}
function cutValue(value, depth) {
  if (typeof value !== "object" || value === null) return value;
  if (depth === limits.maxDepth) return null;
  if (Array.isArray(value)) return value.map((item) => cutValue(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutValue(inner, depth + 1)]));
}

function parseContexts(read) {
  const problems = [];
  const warnings = [];
  const parse = (input) => {
    const text = read(input).trim();
    if (text === "" || text === "null") return {};
    const { value, isCut } = cutDeep(parseJson(text));
    if (isCut) warnings.push(explainCut(`The input ${input}`));
    if (isObject(value)) return value;
    const given = cutText$1(text, 40);
    problems.push({
      input,
      text: `must be \${{ toJSON(${input}) }}, a JSON object, but is ${JSON.stringify(given)}`
    });
    return {};
  };
  return {
    contexts: {
      steps: parse("steps"),
      needs: parse("needs"),
      matrix: parse("matrix"),
      job: parse("job"),
      strategy: parse("strategy"),
      inputs: parse("inputs")
    },
    problems,
    warnings
  };
}
function explainCut(what) {
  return `${what} is nested deeper than ${limits.maxDepth} levels: what is below them is left out.`;
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}

function formatProblem({ input, line, text }) {
  return `${input}${line === void 0 ? "" : `, line ${line}`}: ${text}`;
}
class SettingsError extends Error {
  problems;
  constructor(problems) {
    const count = problems.length === 1 ? "One input is" : `${problems.length} things in the inputs are`;
    const sorted = [...Map.groupBy(problems, ({ input }) => input).values()].flatMap(
      (group) => group.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    );
    super([`${count} not right:`, ...sorted.map((problem) => `  ${formatProblem(problem)}`)].join("\n"));
    this.problems = problems;
  }
}

const name = "build-stats";
function saveState(runner, state) {
  runner.saveState(name, JSON.stringify(state));
}
function readState(runner) {
  const text = runner.readState(name);
  try {
    return text === "" ? void 0 : JSON.parse(text);
  } catch {
    return void 0;
  }
}

exports.HttpClient = HttpClient;
exports.SettingsError = SettingsError;
exports.cleanKey = cleanKey;
exports.cleanMeasurement = cleanMeasurement;
exports.cleanName = cleanName;
exports.cleanString = cleanString;
exports.cleanTag = cleanTag;
exports.cleanText = cleanText;
exports.cutDeep = cutDeep;
exports.cutText = cutText$1;
exports.explainCut = explainCut;
exports.formatDuration = formatDuration;
exports.formatProblem = formatProblem;
exports.isDeep = isDeep;
exports.isObject = isObject;
exports.isOwnName = isOwnName;
exports.listLeaves = listLeaves;
exports.parseContexts = parseContexts;
exports.randomUUID = randomUUID;
exports.readEvent = readEvent;
exports.readSecrets = readSecrets;
exports.readState = readState;
exports.redactData = redactData;
exports.redactRecord = redactRecord;
exports.runPhase = runPhase;
exports.saveState = saveState;
exports.toCaller = toCaller;
exports.toDuration = toDuration;
exports.toEnvProperties = toEnvProperties;
exports.toGithubProperties = toGithubProperties;
exports.toIdentity = toIdentity;
exports.toKey = toKey;
exports.toLegSuffix = toLegSuffix;
exports.toRunUrl = toRunUrl;
exports.toRunnerProperties = toRunnerProperties;
exports.toSecretHint = toSecretHint;
