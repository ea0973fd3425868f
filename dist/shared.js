'use strict';

const node_path = require('node:path');
const http = require('node:http');
const fs = require('node:fs');
const os = require('os');
const fs$1 = require('fs');

function _interopNamespaceDefault(e) {
  const n = Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } });
  if (e) {
    for (const k in e) {
      if (k !== 'default') {
        const d = Object.getOwnPropertyDescriptor(e, k);
        Object.defineProperty(n, k, d.get ? d : {
          enumerable: true,
          get: () => e[k]
        });
      }
    }
  }
  n.default = e;
  return Object.freeze(n);
}

const os__namespace = /*#__PURE__*/_interopNamespaceDefault(os);
const fs__namespace = /*#__PURE__*/_interopNamespaceDefault(fs$1);

function canUpload(env) {
  if (!env.ACTIONS_RUNTIME_TOKEN || !env.ACTIONS_RESULTS_URL) return false;
  const host = URL.parse(env.GITHUB_SERVER_URL || "https://github.com")?.hostname ?? "";
  return /^github\.com$|\.ghe\.com$|\.localhost$/i.test(host);
}
async function uploadArtifact(name, folder, files) {
  const { DefaultArtifactClient } = await Promise.resolve().then(() => require('./artifact.js'));
  const paths = files.map((file) => node_path.resolve(folder, file));
  try {
    await new DefaultArtifactClient().uploadArtifact(name, paths, folder, { compressionLevel: 6 });
  } catch (error) {
    throw new Error(explainError(error), { cause: error });
  }
}
function explainError(error) {
  const { message, statusCode } = error;
  const [reason] = (message ?? String(error)).split("\n");
  return reason || (statusCode === void 0 ? "for no known reason" : `the server answered ${statusCode}`);
}

const defaultMaxBodyBytes = 8 * 1024 * 1024;
function createHttpClient(env) {
  const agentOptions = { keepAlive: true, proxyEnv: env };
  const agents = [];
  let plain;
  let secure;
  function openPlain() {
    if (plain === void 0) {
      plain = new http.Agent(agentOptions);
      agents.push(plain);
    }
    return [http.request, plain];
  }
  async function openSecure() {
    const https = await import('node:https');
    const agent = new https.Agent(agentOptions);
    agents.push(agent);
    return [https.request, agent];
  }
  return {
    async request({ method, url, headers, body, signal, isLenient = false, maxBodyBytes = defaultMaxBodyBytes }) {
      signal.throwIfAborted();
      if (url.protocol === "https:") secure ??= openSecure();
      const [request, agent] = url.protocol === "https:" && secure ? await secure : openPlain();
      const length = body === void 0 ? {} : { "content-length": String(Buffer.byteLength(body)) };
      return await send(
        request,
        url,
        { method, headers: { ...headers, ...length }, agent, signal, insecureHTTPParser: isLenient },
        body,
        maxBodyBytes
      );
    },
    close() {
      for (const agent of agents) agent.destroy();
    }
  };
}
function send(request, url, options, body, maxBodyBytes) {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const outgoing = request(url, options, (incoming) => {
      isAnswered = true;
      const chunks = [];
      let length = 0;
      incoming.on("data", (chunk) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > maxBodyBytes) incoming.destroy(new Error(`the answer is longer than ${maxBodyBytes} bytes`));
      });
      incoming.on("error", reject);
      incoming.on("end", () => {
        resolve({
          status: incoming.statusCode ?? 0,
          statusText: incoming.statusMessage ?? "",
          headers: incoming.headers,
          body: Buffer.concat(chunks)
        });
      });
    });
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
    process.stdout.write(cmd.toString() + os__namespace.EOL);
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
    const device = fs.openSync("/dev/urandom", "r");
    const length = fs.readSync(device, bytes);
    fs.closeSync(device);
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
    if (!fs__namespace.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    fs__namespace.appendFileSync(filePath, `${toCommandValue(message)}${os__namespace.EOL}`, {
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
    return `${key}<<${delimiter}${os__namespace.EOL}${convertedValue}${os__namespace.EOL}${delimiter}`;
}

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
    process.stdout.write(os__namespace.EOL);
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
    process.stdout.write(message + os__namespace.EOL);
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
function saveState(name, value) {
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

const maxName = 256;
const maxTag = 1024;
const maxStringBytes = 65535;
function cleanMeasurement(name) {
  return keepOwn(cleanTag(name).replace(/^#/, "_")) || "_";
}
function cleanName(name, longest = maxName) {
  return keepOwn(cleanTag(cutText(name, longest), longest).replace(/^#/, "_")) || "_";
}
function cleanKey(name, longest = maxName) {
  const clean = keepOwn(cleanTag(cutText(name, longest), longest)) || "_";
  return clean === "time" ? "time_" : clean;
}
function cleanTag(value, longest = maxTag) {
  const text = value.toWellFormed().replace(/\r\n|[\u0000-\u001f\u007f]/g, " ");
  return cutText(text, longest).replace(/(?<!\\)\\+(?=[,= "]|$)/g, "").replaceAll("#!~", "#!_");
}
function cleanText(text) {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
function cleanString(given) {
  const value = cleanText(given);
  if (value.length * 3 <= maxStringBytes) return value;
  const bytes = new TextEncoder().encode(value);
  if (bytes.length <= maxStringBytes) return value;
  let end = maxStringBytes;
  while (((bytes[end] ?? 0) & 192) === 128) end--;
  return new TextDecoder().decode(bytes.subarray(0, end));
}
function toKey(name) {
  return keepOwn(name.replace(/[^A-Za-z0-9_]/g, "_").slice(0, maxName)) || "_";
}
function keepOwn(name) {
  return name === "__proto__" ? "_proto_" : name;
}
function cutText(text, length) {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
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
  const forms = secrets.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    cleanTag(secret, Number.POSITIVE_INFINITY)
  ]);
  const known = [...new Set(forms)].filter((secret) => secret !== "");
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
  return text.length > maxText ? `${text.slice(0, maxText / 2)} \u2026 ${text.slice(-maxText / 2)}` : text;
}
function disobey(text) {
  return text.replace(/^\s*::/gm, "\u200B$&").replaceAll("##[", "##\u200B[");
}

function openRunner(env, toSecrets) {
  const readInput = (name) => getInput(name);
  return {
    env,
    log: openLog(toSecrets(readInput)),
    now: Date.now,
    readInput,
    setOutput: setOutput,
    exportVariable: exportVariable,
    saveState: saveState,
    readState: getState,
    writeSummary(markdown) {
      if (env.GITHUB_STEP_SUMMARY) fs.appendFileSync(env.GITHUB_STEP_SUMMARY, markdown);
    }
  };
}

function b(){let r=new TextDecoder("utf-8");return {concat(e,t){let n=new Uint8Array(e.length+t.length);return n.set(e),n.set(t,e.length),n},copy(e,t,n){let i=new Uint8Array(n-t);return i.set(e.subarray(t,n)),i},toUtf8String(e,t,n){return r.decode(e.subarray(t,n))}}}function R(r,e){let t=e!=null?e:b(),n,i=false,s=false,o=false,a;function l(f){let c,d=0;for(n?(c=f.length===0?0:n.length,f=t.concat(n,f)):c=0;c<f.length;){let g=f[c];if(g===10){if(!s){let D=c>0&&f[c-1]===13?c-1:c;if(i)return;if(o=r.next(t.toUtf8String(f,d,D))===false,d=c+1,o)break}}else g===34&&(s=!s);c++;}if(d<f.length?n=t.copy(f,d,f.length):n=void 0,o){if(r.useResume){r.useResume(()=>{o=false,l(new Uint8Array(0));});return}u.error(new Error("Unable to pause, useResume is not configured!")),o=false;}a&&(a(),a=void 0);}let u={next(f){if(!i)try{return l(f),!o}catch(c){this.error(c);}return  true},error(f){i||(i=true,r.error(f));},complete(){i||(n&&r.next(t.toUtf8String(n,0,n.length)),i=true,r.complete());}};return r.useCancellable&&(u.useCancellable=f=>{r.useCancellable&&r.useCancellable({cancel(){f.cancel(),n=void 0,u.complete();},isCancelled(){return f.isCancelled()}});}),r.useResume&&(u.useResume=f=>{a=f;}),u}async function*H(r,e){let t=b(),n,i=false;for await(let s of r){let o,a=0;for(n?(o=n.length,s=t.concat(n,s)):o=0;o<s.length;){let l=s[o];if(l===10){if(!i){let u=o>0&&s[o-1]===13?o-1:o;yield t.toUtf8String(s,a,u),a=o+1;}}else l===34&&(i=!i);o++;}a<s.length?n=t.copy(s,a,s.length):n=void 0;}n&&(yield t.toUtf8String(n,0,n.length));}var x=class{constructor(){this._reuse=false;}get reuse(){return this._reuse}set reuse(e){e&&!this.reusedValues&&(this.reusedValues=new Array(10)),this._reuse=e;}withReuse(){return this.reuse=true,this}splitLine(e){if(e==null)return this.lastSplitLength=0,[];let t=0,n=0,i=this._reuse?this.reusedValues:[],s=0;for(let a=0;a<e.length;a++){let l=e[a];if(l===","){if(t%2===0){let u=this.getValue(e,n,a,t);this._reuse?i[s++]=u:i.push(u),n=a+1,t=0;}}else l==='"'&&t++;}let o=this.getValue(e,n,e.length,t);return this._reuse?(i[s]=o,this.lastSplitLength=s+1):(i.push(o),this.lastSplitLength=i.length),i}getValue(e,t,n,i){return t===e.length?"":i===0?e.substring(t,n):i===2?e.substring(t+1,n-1):e.substring(t+1,n-1).replace(/""/gi,'"')}};var V=r=>r,C={boolean:r=>r===""?null:r==="true",unsignedLong:r=>r===""?null:+r,long:r=>r===""?null:+r,double(r){switch(r){case "":return null;case "+Inf":return Number.POSITIVE_INFINITY;case "-Inf":return Number.NEGATIVE_INFINITY;default:return +r}},string:V,base64Binary:V,duration:r=>r===""?null:r,"dateTime:RFC3339":r=>r===""?null:r},P=class{get(e){var n;let t=e[this.index];return (t===""||t===void 0)&&this.defaultValue&&(t=this.defaultValue),((n=C[this.dataType])!=null?n:V)(t)}},ee=Object.freeze({label:"",dataType:"",group:false,defaultValue:"",index:Number.MAX_SAFE_INTEGER,get:()=>{}});function F(){return new P}var Ce=[404,408,425,429,500,502,503,504];function Oe(r){return Ce.includes(r)}var y=class r extends Error{constructor(e){super(e),this.name="IllegalArgumentError",Object.setPrototypeOf(this,r.prototype);}},h=class r extends Error{constructor(t,n,i,s,o,a,l){super();this.statusCode=t;this.statusMessage=n;this.body=i;this.contentType=o;if(Object.setPrototypeOf(this,r.prototype),this.headers=l,a)this.message=a;else if(i){if(o!=null&&o.startsWith("application/json"))try{this.json=JSON.parse(i),this.message=this.json.message,this.code=this.json.code;}catch(u){}this.message||(this.message=`${t} ${n} : ${i}`);}else this.message=`${t} ${n}`;this.name="HttpError",this.setRetryAfter(s);}setRetryAfter(t){typeof t=="string"?/^[0-9]+$/.test(t)?this._retryAfter=parseInt(t):this._retryAfter=0:this._retryAfter=0;}canRetry(){return Oe(this.statusCode)}retryAfter(){return this._retryAfter}};function re(r,e){if(r){let t;return typeof r.retryAfter=="function"?r.retryAfter():(t=0,t)}else return 0}var L=class r extends Error{constructor(){super(),this.name="AbortError",Object.setPrototypeOf(this,r.prototype),this.message="Response aborted";}canRetry(){return  true}retryAfter(){return 0}};var z=class{constructor(e){e.forEach((t,n)=>t.index=n),this.columns=e;}column(e,t=true){for(let n=0;n<this.columns.length;n++){let i=this.columns[n];if(i.label===e)return i}if(t)throw new y(`Column ${e} not found!`);return ee}toObject(e){let t={};for(let n=0;n<this.columns.length&&n<e.length;n++){let i=this.columns[n];t[i.label]=i.get(e);}return t}get(e,t){return this.column(t,false).get(e)}};function I(r){return new z(r)}function W(r){let e=new x().withReuse(),t,n=true,i=0,s,o={error(a){r.error(a);},next(a){if(a==="")n=true,t=void 0;else {let l=e.splitLine(a),u=e.lastSplitLength;if(n){if(!t){t=new Array(u);for(let f=0;f<u;f++)t[f]=F();}if(l[0].startsWith("#")){if(l[0]==="#datatype")for(let f=1;f<u;f++)t[f].dataType=l[f];else if(l[0]==="#default")for(let f=1;f<u;f++)t[f].defaultValue=l[f];else if(l[0]==="#group")for(let f=1;f<u;f++)t[f].group=l[f][0]==="t";}else {l[0]===""?(i=1,t=t.slice(1)):i=0;for(let f=i;f<u;f++)t[f-i].label=l[f];s=I(t),n=false;}}else return r.next(l.slice(i,u),s)}return  true},complete(){r.complete();}};return r.useCancellable&&(o.useCancellable=r.useCancellable.bind(r)),r.useResume&&(o.useResume=r.useResume.bind(r)),o}async function*ne(r){let e=new x().withReuse(),t,n=true,i=0,s;for await(let o of r)if(o==="")n=true,t=void 0;else {let a=e.splitLine(o),l=e.lastSplitLength;if(n){if(!t){t=new Array(l);for(let u=0;u<l;u++)t[u]=F();}if(a[0].startsWith("#")){if(a[0]==="#datatype")for(let u=1;u<l;u++)t[u].dataType=a[u];else if(a[0]==="#default")for(let u=1;u<l;u++)t[u].defaultValue=a[u];else if(a[0]==="#group")for(let u=1;u<l;u++)t[u].group=a[u][0]==="t";}else {a[0]===""?(i=1,t=t.slice(1)):i=0;for(let u=i;u<l;u++)t[u-i].label=a[u];s=I(t),n=false;}}else yield {values:a.slice(i,l),tableMeta:s};}}var ie=typeof Symbol=="function"&&Symbol.observable||"@@observable";var N=class{constructor(e,t){this.isClosed=false;try{t({next:n=>{e.next(n);},error:n=>{this.isClosed=!0,e.error(n);},complete:()=>{this.isClosed=!0,e.complete();},useCancellable:n=>{this.cancellable=n;}});}catch(n){this.isClosed=true,e.error(n);}}get closed(){return this.isClosed}unsubscribe(){var e;(e=this.cancellable)==null||e.cancel(),this.isClosed=true;}};function k(){}function ve(r){let{next:e,error:t,complete:n}=r;return {next:e?e.bind(r):k,error:t?t.bind(r):k,complete:n?n.bind(r):k}}var T=class{constructor(e,t){this.executor=e;this.decorator=t;}subscribe(e,t,n){let i=ve(typeof e!="object"||e===null?{next:e,error:t,complete:n}:e);return new N(this.decorator(i),this.executor)}[ie](){return this}};var se={retryJitter:200,minRetryDelay:5e3,maxRetryDelay:125e3,exponentialBase:5,randomRetry:true},oe={batchSize:1e3,maxBatchBytes:5e7,flushInterval:6e4,writeFailed:function(){},writeSuccess:function(){},writeRetrySkipped:function(){},maxRetries:5,maxRetryTime:18e4,maxBufferLines:32e3,retryJitter:200,minRetryDelay:5e3,maxRetryDelay:125e3,exponentialBase:2,gzipThreshold:1e3,randomRetry:true};function Q(r,e){return function(t){let n="",i=0,s=0;for(;s<t.length;){let o=r.indexOf(t[s]);o>=0&&(n+=t.substring(i,s),n+=e[o],i=s+1),s++;}return i==0?t:(i<t.length&&(n+=t.substring(i,t.length)),n)}}function Ae(r,e){let t=Q(r,e);return n=>'"'+t(n)+'"'}var w={measurement:Q(`, 
\r	`,["\\,","\\ ","\\n","\\r","\\t"]),quoted:Ae('"\\',['\\"',"\\\\"]),tag:Q(`, =
\r	`,["\\,","\\ ","\\=","\\n","\\r","\\t"])};var ce="000000000";var ae=Date.now(),j=0;function q(){{let r=Date.now();r!==ae?(ae=r,j=0):j++;let e=String(j);return String(r)+ce.substr(0,6-e.length)+e}}function le(){return String(Date.now())+ce.substr(0,3)}function ue(){return String(Date.now())}function fe(){return String(Math.floor(Date.now()/1e3))}var de={s:fe,ms:ue,us:le,ns:q,seconds:fe,millis:ue,micros:le,nanos:q},me={s:r=>`${Math.floor(r.getTime()/1e3)}`,ms:r=>`${r.getTime()}`,us:r=>`${r.getTime()}000`,ns:r=>`${r.getTime()}000000`};function pe(r){return r===void 0?q():typeof r=="string"?r.length>0?r:void 0:r instanceof Date?`${r.getTime()}000000`:String(typeof r=="number"?Math.floor(r):r)}var Ee={error(r,e){console.error("ERROR: "+r,e||"");},warn(r,e){console.warn("WARN: "+r,e||"");}},U=Ee,m={error(r,e){U.error(r,e);},warn(r,e){U.warn(r,e);}};function Jt(r){let e=U;return U=r,e}var xe=class{constructor(e){this.tags={};this.fields={};e&&(this.name=e);}measurement(e){return this.name=e,this}tag(e,t){return this.tags[e]=t,this}booleanField(e,t){return this.fields[e]=t?"T":"F",this}intField(e,t){let n;if(typeof t=="number"?n=t:n=parseInt(String(t)),isNaN(n)||n<=-9223372036854776e3||n>=9223372036854776e3)throw new Error(`invalid integer value for field '${e}': '${t}'!`);return this.fields[e]=`${Math.floor(n)}i`,this}uintField(e,t){if(typeof t=="number"){if(isNaN(t)||t<0||t>Number.MAX_SAFE_INTEGER)throw new Error(`uint value for field '${e}' out of range: ${t}`);this.fields[e]=`${Math.floor(t)}u`;}else {let n=String(t);for(let i=0;i<n.length;i++){let s=n.charCodeAt(i);if(s<48||s>57)throw new Error(`uint value has an unsupported character at pos ${i}: ${t}`)}if(n.length>20||n.length===20&&n.localeCompare("18446744073709551615")>0)throw new Error(`uint value for field '${e}' out of range: ${n}`);this.fields[e]=`${n}u`;}return this}floatField(e,t){let n;if(typeof t=="number"?n=t:n=parseFloat(t),!isFinite(n))throw new Error(`invalid float value for field '${e}': ${t}`);return this.fields[e]=String(n),this}stringField(e,t){return t!=null&&(typeof t!="string"&&(t=String(t)),this.fields[e]=w.quoted(t)),this}timestamp(e){return this.time=e,this}toLineProtocol(e){if(!this.name)return;let t="";if(Object.keys(this.fields).sort().forEach(o=>{if(o){let a=this.fields[o];t.length>0&&(t+=","),t+=`${w.tag(o)}=${a}`;}}),t.length===0)return;let n="",i=e&&e.defaultTags?{...e.defaultTags,...this.tags}:this.tags;Object.keys(i).sort().forEach(o=>{if(o){let a=i[o];a&&(n+=",",n+=`${w.tag(o)}=${w.tag(a)}`);}});let s=this.time;return e&&e.convertTime?s=e.convertTime(s):s=pe(s),`${w.measurement(this.name)}${n} ${t}${s!==void 0?" "+s:""}`}toString(){let e=this.toLineProtocol(void 0);return e||`invalid point: ${JSON.stringify(this,void 0)}`}};var X=class{constructor(e){this.options={...se,...e},this.success();}nextDelay(e,t){let n=re(e);if(n&&n>0)return n+Math.round(Math.random()*this.options.retryJitter);if(t&&t>0){if(this.options.randomRetry){let s=Math.max(this.options.minRetryDelay,1),o=s*this.options.exponentialBase;for(let a=1;a<t;a++)if(s=o,o=o*this.options.exponentialBase,o>=this.options.maxRetryDelay){o=this.options.maxRetryDelay;break}return s+Math.round(Math.random()*(o-s)+Math.random()*this.options.retryJitter)}let i=Math.max(this.options.minRetryDelay,1);for(let s=1;s<t;s++)if(i=i*this.options.exponentialBase,i>=this.options.maxRetryDelay){i=this.options.maxRetryDelay;break}return i+Math.round(Math.random()*this.options.retryJitter)}else this.currentDelay?this.currentDelay=Math.min(Math.max(this.currentDelay*this.options.exponentialBase,1)+Math.round(Math.random()*this.options.retryJitter),this.options.maxRetryDelay):this.currentDelay=this.options.minRetryDelay+Math.round(Math.random()*this.options.retryJitter);return this.currentDelay}success(){this.currentDelay=void 0;}};function Te(r){return new X(r)}function Le(r){let e,t=r,n=r;for(;n.next;)n.next.expires<t.expires&&(e=n,t=n.next),n=n.next;return [t,e]}var S=class{constructor(e,t,n=()=>{}){this.maxLines=e;this.retryLines=t;this.onShrink=n;this.size=0;this.closed=false;this._timeoutHandle=void 0;}addLines(e,t,n,i){if(this.closed||!e.length)return;let s=Date.now()+n;if(i<s&&(s=i),this.first&&this.size+e.length>this.maxLines){let u=this.size,f=u*.7;do{let[c,d]=Le(this.first);this.size-=c.lines.length,d?d.next=c.next:(this.first=c.next,this.first&&this.scheduleRetry(this.first.retryTime-Date.now())),c.next=void 0,this.onShrink(c);}while(this.first&&this.size+e.length>f);m.error(`RetryBuffer: ${u-this.size} oldest lines removed to keep buffer size under the limit of ${this.maxLines} lines.`);}let o={lines:e,retryCount:t,retryTime:s,expires:i},a=this.first,l;for(;;){if(!a||a.retryTime>s){o.next=a,l?l.next=o:(this.first=o,this.scheduleRetry(s-Date.now()));break}l=a,a=a.next;}this.size+=e.length;}removeLines(){if(this.first){let e=this.first;return this.first=this.first.next,e.next=void 0,this.size-=e.lines.length,e}}scheduleRetry(e){this._timeoutHandle&&clearTimeout(this._timeoutHandle),this._timeoutHandle=setTimeout(()=>{let t=this.removeLines();t?this.retryLines(t.lines,t.retryCount,t.expires).catch(()=>{}).finally(()=>{this.first&&this.scheduleRetry(this.first.retryTime-Date.now());}):this._timeoutHandle=void 0;},Math.max(e,0));}async flush(){let e;for(;e=this.removeLines();)await this.retryLines(e.lines,e.retryCount,e.expires);}close(){return this._timeoutHandle&&(clearTimeout(this._timeoutHandle),this._timeoutHandle=void 0),this.closed=true,this.size}};function G(r){let e=r.length;for(let t=0;t<r.length;t++){let n=r.charCodeAt(t);n<128||(n>=128&&n<=2047?e++:n>=2048&&n<=65535?n>=55296&&n<=57343?e++:e+=2:e+=3);}return e}var K=class{constructor(e,t,n,i){this.maxChunkRecords=e;this.maxBatchBytes=t;this.flushFn=n;this.scheduleSend=i;this.length=0;this.bytes=-1;this.lines=new Array(e);}add(e){let t=G(e);this.length===0?this.scheduleSend():this.bytes+t+1>=this.maxBatchBytes&&this.flush().catch(n=>{}),this.lines[this.length]=e,this.length++,this.bytes+=t+1,(this.length>=this.maxChunkRecords||this.bytes>=this.maxBatchBytes)&&this.flush().catch(n=>{});}flush(){let e=this.reset();return e.length>0?this.flushFn(e):Promise.resolve()}reset(){let e=this.lines.slice(0,this.length);return this.length=0,this.bytes=-1,e}},v=class{constructor(e,t,n,i,s){this.transport=e;this.closed=false;this._timeoutHandle=void 0;this.path=`/api/v2/write?org=${encodeURIComponent(t)}&bucket=${encodeURIComponent(n)}&precision=${i}`,s!=null&&s.consistency&&(this.path+=`&consistency=${encodeURIComponent(s.consistency)}`),this.writeOptions={...oe,...s},this.currentTime=de[i],this.dateToProtocolTimestamp=me[i],this.writeOptions.defaultTags&&this.useDefaultTags(this.writeOptions.defaultTags),this.sendOptions={method:"POST",headers:{"content-type":"text/plain; charset=utf-8",...s==null?void 0:s.headers},gzipThreshold:this.writeOptions.gzipThreshold};let o=()=>{this.writeOptions.flushInterval>0&&(this._clearFlushTimeout(),this.closed||(this._timeoutHandle=setTimeout(()=>this.sendBatch(this.writeBuffer.reset(),this.writeOptions.maxRetries).catch(a=>{}),this.writeOptions.flushInterval)));};this.writeBuffer=new K(this.writeOptions.batchSize,this.writeOptions.maxBatchBytes,a=>(this._clearFlushTimeout(),this.sendBatch(a,this.writeOptions.maxRetries)),o),this.sendBatch=this.sendBatch.bind(this),this.retryStrategy=Te(this.writeOptions),this.retryBuffer=new S(this.writeOptions.maxBufferLines,this.sendBatch,this.writeOptions.writeRetrySkipped);}sendBatch(e,t,n=Date.now()+this.writeOptions.maxRetryTime){let i=this,s=i.writeOptions.maxRetries+1-t;if(!this.closed&&e.length>0){if(n<=Date.now()){let o=new Error("Max retry time exceeded."),a=i.writeOptions.writeFailed.call(i,o,e,s,n);return a||(m.error(`Write to InfluxDB failed (attempt: ${s}).`,o),Promise.reject(o))}return new Promise((o,a)=>{let l,u,f={responseStarted(c,d){l=d,u=c;},error(c){let d=i.writeOptions.writeFailed.call(i,c,e,s,n);if(d){d.then(o,a);return}if(c instanceof h&&c.json&&typeof c.json.error=="string"&&c.json.error.includes("hinted handoff queue not empty")){m.warn("Write to InfluxDB returns: "+c.json.error),l=204,f.complete();return}if(!i.closed&&t>0&&(!(c instanceof h)||c.statusCode>=429)){m.warn(`Write to InfluxDB failed (attempt: ${s}).`,c),i.retryBuffer.addLines(e,t-1,i.retryStrategy.nextDelay(c,s),n),a(c);return}m.error("Write to InfluxDB failed.",c),a(c);},complete(){if(l==204||l==201||l==null)i.writeOptions.writeSuccess.call(i,e),i.retryStrategy.success(),o();else {let c=`204 HTTP response status code expected, but ${l} returned`,d=new h(l,c,void 0,"0",void 0,void 0,u);d.message=c,f.error(d);}}};this.transport.send(this.path,e.join(`
`),this.sendOptions,f);})}else return Promise.resolve()}_clearFlushTimeout(){this._timeoutHandle!==void 0&&(clearTimeout(this._timeoutHandle),this._timeoutHandle=void 0);}writeRecord(e){if(this.closed)throw new Error("writeApi: already closed!");this.writeBuffer.add(e);}writeRecords(e){if(this.closed)throw new Error("writeApi: already closed!");for(let t=0;t<e.length;t++)this.writeBuffer.add(e[t]);}writePoint(e){if(this.closed)throw new Error("writeApi: already closed!");let t=e.toLineProtocol(this);t&&this.writeBuffer.add(t);}writePoints(e){if(this.closed)throw new Error("writeApi: already closed!");for(let t=0;t<e.length;t++){let n=e[t].toLineProtocol(this);n&&this.writeBuffer.add(n);}}async flush(e){if(await this.writeBuffer.flush(),e)return await this.retryBuffer.flush()}close(){return this.writeBuffer.flush().finally(()=>{let t=this.retryBuffer.close();t&&m.error(`Retry buffer closed with ${t} items that were not written to InfluxDB!`,null),this.closed=true;})}dispose(){return this._clearFlushTimeout(),this.closed=true,this.retryBuffer.close()+this.writeBuffer.length}useDefaultTags(e){return this.defaultTags=e,this}convertTime(e){return e===void 0?this.currentTime():typeof e=="string"?e.length>0?e:void 0:e instanceof Date?this.dateToProtocolTimestamp(e):String(typeof e=="number"?Math.floor(e):e)}};function Y(r={}){let e=0,t={next:n=>{if(e===0&&r.next&&n!==null&&n!==void 0)return r.next(n)},error:n=>{e===0&&(e=1,r.error&&r.error(n));},complete:()=>{e===0&&(e=2,r.complete&&r.complete());},responseStarted:(n,i)=>{r.responseStarted&&r.responseStarted(n,i);}};return r.useCancellable&&(t.useCancellable=r.useCancellable.bind(r)),r.useResume&&(t.useResume=r.useResume.bind(r)),t}function B(r){let e={};return r.headers.forEach((t,n)=>{let i=e[n];i===void 0?e[n]=t:Array.isArray(i)?i.push(t):e[n]=[i,t];}),e}var A=class{constructor(e){this.connectionOptions=e;this.chunkCombiner=b();this.requestDecorator=function(){};this.defaultHeaders={"content-type":"application/json; charset=utf-8",...e.headers},this.connectionOptions.token&&(this.defaultHeaders.Authorization="Token "+this.connectionOptions.token),this.url=String(this.connectionOptions.url),this.url.endsWith("/")&&(this.url=this.url.substring(0,this.url.length-1)),this.url.endsWith("/api/v2")&&(this.url=this.url.substring(0,this.url.length-7),m.warn(`Please remove '/api/v2' context path from InfluxDB base url, using ${this.url} !`));}send(e,t,n,i){let s=Y(i),o=false,a=n.signal,l,u=()=>{},f=u;if(i&&i.useCancellable){let c=new AbortController;a||(a=c.signal,n={...n,signal:a}),a.addEventListener("abort",()=>{f();}),i.useCancellable({cancel(){o=true,c.abort();},isCancelled(){return o||a.aborted}});}this.fetch(e,t,n).then(async c=>{if(i!=null&&i.responseStarted&&s.responseStarted(B(c),c.status),await this.throwOnErrorResponse(c),c.body){let d=c.body.getReader(),g;do{if(l&&await l,o)break;if(g=await d.read(),s.next(g.value)===false){let D=s.useResume;if(!D){let E="Unable to pause, useResume is not configured!";return await d.cancel(E),Promise.reject(new Error(E))}l=new Promise(E=>{f=()=>{E(),l=void 0,f=u;},D(f);});}}while(!g.done)}else if(c.arrayBuffer){let d=await c.arrayBuffer();s.next(new Uint8Array(d));}else {let d=await c.text();s.next(new TextEncoder().encode(d));}}).catch(c=>{o||s.error(c);}).finally(()=>s.complete());}async throwOnErrorResponse(e){if(e.status>=300){let t="";try{if(t=await e.text(),!t){let n=e.headers.get("x-influxdb-error");n&&(t=n);}}catch(n){throw m.warn("Unable to receive error body",n),new h(e.status,e.statusText,void 0,e.headers.get("retry-after"),e.headers.get("content-type"),void 0,B(e))}throw new h(e.status,e.statusText,t,e.headers.get("retry-after"),e.headers.get("content-type"),void 0,B(e))}}async*iterate(e,t,n){var s;let i=await this.fetch(e,t,n);if(await this.throwOnErrorResponse(i),i.body){let o=i.body.getReader();for(;;){let{value:a,done:l}=await o.read();if(l)break;if((s=n.signal)!=null&&s.aborted)throw await i.body.cancel(),new L;yield a;}}else if(i.arrayBuffer){let o=await i.arrayBuffer();yield new Uint8Array(o);}else {let o=await i.text();yield new TextEncoder().encode(o);}}async request(e,t,n,i){var u,f;let s=await this.fetch(e,t,n),{headers:o}=s,a=o.get("content-type")||"";i&&i(B(s),s.status),await this.throwOnErrorResponse(s);let l=(f=(u=n.headers)==null?void 0:u.accept)!=null?f:a;if(l.includes("json"))return await s.json();if(l.includes("text")||l.startsWith("application/csv"))return await s.text()}fetch(e,t,n){let{method:i,headers:s,...o}=n,a=`${this.url}${e}`,l={method:i,body:i==="GET"||i==="HEAD"?void 0:typeof t=="string"?t:JSON.stringify(t),headers:{...this.defaultHeaders,...s},credentials:"omit",...this.connectionOptions.transportOptions,...o};return this.requestDecorator(l,n,a),fetch(a,l)}};var we={header:true,delimiter:",",quoteChar:'"',commentPrefix:"#",annotations:["datatype","group","default"]},Z=class r{constructor(e,t,n){this.transport=e;this.createCSVResponse=t;this.options=typeof n=="string"?{org:n}:n;}with(e){return new r(this.transport,this.createCSVResponse,{...this.options,...e})}response(e){let{org:t,type:n,gzip:i,headers:s}=this.options,o=`/api/v2/query?org=${encodeURIComponent(t)}`,a=JSON.stringify(this.decorateRequest({query:e.toString(),dialect:we,type:n})),l={method:"POST",headers:{"content-type":"application/json; encoding=utf-8","accept-encoding":i?"gzip":"identity",...s}};return this.createCSVResponse(u=>this.transport.send(o,a,l,u),()=>this.transport.iterate(o,a,l))}iterateLines(e){return this.response(e).iterateLines()}iterateRows(e){return this.response(e).iterateRows()}lines(e){return this.response(e).lines()}rows(e){return this.response(e).rows()}queryLines(e,t){return this.response(e).consumeLines(t)}queryRows(e,t){return this.response(e).consumeRows(t)}collectRows(e,t){return this.response(e).collectRows(t)}collectLines(e){return this.response(e).collectLines()}queryRaw(e){let{org:t,type:n,gzip:i,headers:s}=this.options;return this.transport.request(`/api/v2/query?org=${encodeURIComponent(t)}`,JSON.stringify(this.decorateRequest({query:e.toString(),dialect:we,type:n})),{method:"POST",headers:{accept:"text/csv","accept-encoding":i?"gzip":"identity","content-type":"application/json; encoding=utf-8",...s}})}decorateRequest(e){var t;return typeof this.options.now=="function"&&(e.now=this.options.now()),e.type=(t=this.options.type)!=null?t:"flux",e}},Re=Z;function Ie(r,e){return e.toObject(r)}var M=class{constructor(e,t,n){this.executor=e;this.iterableResultExecutor=t;this.chunkCombiner=n;}iterateLines(){return H(this.iterableResultExecutor())}iterateRows(){return ne(H(this.iterableResultExecutor()))}lines(){return new T(this.executor,e=>R(e,this.chunkCombiner))}rows(){return new T(this.executor,e=>R(W({next(t,n){e.next({values:t,tableMeta:n});},error(t){e.error(t);},complete(){e.complete();}}),this.chunkCombiner))}consumeLines(e){this.executor(R(e,this.chunkCombiner));}consumeRows(e){this.executor(R(W(e),this.chunkCombiner));}collectRows(e=Ie){let t=[];return new Promise((n,i)=>{this.consumeRows({next(s,o){let a=e.call(this,s,o);a!==void 0&&t.push(a);},error(s){i(s);},complete(){n(t);}});})}collectLines(){let e=[];return new Promise((t,n)=>{this.consumeLines({next(i){e.push(i);},error(i){n(i);},complete(){t(e);}});})}};var _=class{constructor(e){var n;if(typeof e=="string")this._options={url:e};else if(e!==null&&typeof e=="object")this._options=Object.assign({},e);else throw new y("No url or configuration specified!");let t=this._options.url;if(typeof t!="string")throw new y("No url specified!");t.endsWith("/")&&(this._options.url=t.substring(0,t.length-1)),this.transport=(n=this._options.transport)!=null?n:new A(this._options),delete this._options.token,this.processCSVResponse=(i,s)=>new M(i,s,this.transport.chunkCombiner);}getWriteApi(e,t,n="ns",i){return new v(this.transport,e,t,n,i!=null?i:this._options.writeOptions)}getQueryApi(e){return new Re(this.transport,this.processCSVResponse,e)}};

function toLine(point, unsigned = "u") {
  const line = new xe(point.measurement);
  for (const [key, value] of point.tags) line.tag(key, value);
  for (const [key, value] of point.fields) setField(line, key, value, unsigned);
  if (point.timeNs === void 0) return line.toLineProtocol({ convertTime: noTime }) ?? "";
  return line.timestamp(String(point.timeNs)).toLineProtocol({ convertTime: String }) ?? "";
}
const noTime = () => void 0;
function toLineOrNone(point, unsigned = "u") {
  try {
    return toLine(point, unsigned) || void 0;
  } catch {
    return void 0;
  }
}
function setField(line, key, value, unsigned) {
  switch (typeof value) {
    case "number":
      line.floatField(key, value);
      break;
    case "bigint":
      line.fields[key] = `${value}i`;
      break;
    case "boolean":
      line.booleanField(key, value);
      break;
    case "string":
      line.stringField(key, value);
      break;
    case "object":
      line.fields[key] = `${value.value}${unsigned}`;
  }
}

function openDryRun(name, unsigned, print) {
  return {
    name: `dry run of ${name}`,
    async write(batches) {
      let given = 0;
      let written = 0;
      for await (const batch of batches) {
        const lines = batch.map((point) => toLineOrNone(point, unsigned)).filter((line) => line !== void 0);
        given += batch.length;
        written += lines.length;
        print(lines);
      }
      return { written, unsent: 0, lost: given - written, problems: [] };
    }
  };
}

function explainEnd({ reason }) {
  return reason instanceof EndOfWriting ? reason.message : "its time was over (input timeout)";
}
class EndOfWriting extends Error {
}

function openFile({ path, name }) {
  return {
    name: `file ${name}`,
    async write(batches, writing) {
      let given = 0;
      let written = 0;
      let unsent = 0;
      let gaveUp = false;
      const problems = /* @__PURE__ */ new Set();
      for await (const batch of batches) {
        gaveUp = writing.readSignal.aborted;
        if (gaveUp) break;
        given += batch.length;
        const lines = batch.map((point) => toLineOrNone(point)).filter((line) => line !== void 0);
        if (writing.signal.aborted) problems.add(`not all was written before ${explainEnd(writing.signal)}`);
        if (problems.size === 0 && append(lines)) written += lines.length;
        else {
          unsent += lines.length;
          writing.unsent(lines);
        }
      }
      const lost = given - written - unsent;
      if (lost > 0 && !gaveUp) problems.add(`line protocol cannot say ${lost} of the points`);
      return { written, unsent, lost, gaveUp, problems: [...problems] };
      function append(lines) {
        try {
          makeFolder(node_path.dirname(path));
          if (fs.statSync(path, { throwIfNoEntry: false })?.isFIFO())
            throw new Error(`${path} is a pipe, which may have no reader`);
          fs.appendFileSync(path, endLastLine(path) + lines.map((line) => `${line}
`).join(""));
          return true;
        } catch (error) {
          problems.add(error.message);
          return false;
        }
      }
    }
  };
}
function makeFolder(path) {
  if (fs.existsSync(path)) return;
  if (node_path.dirname(path) !== path) makeFolder(node_path.dirname(path));
  fs.mkdirSync(path);
}
function endLastLine(path) {
  if (!fs.statSync(path, { throwIfNoEntry: false })?.isFile()) return "";
  const file = fs.openSync(path, "r");
  try {
    const { size } = fs.fstatSync(file);
    const last = Buffer.alloc(1);
    return size > 0 && fs.readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 10 ? "\n" : "";
  } finally {
    fs.closeSync(file);
  }
}

const maxBytes = 5e6;
const maxLines = 5e3;
function createRequests(unsigned) {
  const counts = { given: 0, unsayable: 0 };
  async function* from(batches) {
    let parts = [];
    let fresh = [];
    let starts = [];
    let length = 0;
    let bytes = 0;
    function flatten() {
      if (fresh.length > 0) parts.push(fresh.join("\n"));
      fresh = [];
    }
    function take() {
      flatten();
      const request = { text: parts.join("\n"), starts };
      parts = [];
      starts = [];
      length = 0;
      bytes = 0;
      return request;
    }
    for await (const batch of orPauses(batches)) {
      if (batch === void 0) {
        if (starts.length > 0) yield take();
        continue;
      }
      counts.given += batch.length;
      for (const point of batch) {
        const line = toLineOrNone(point, unsigned);
        if (line === void 0) {
          counts.unsayable++;
          continue;
        }
        const lineBytes = Buffer.byteLength(line) + 1;
        if (starts.length === maxLines || bytes + lineBytes > maxBytes && starts.length > 0) yield take();
        fresh.push(line);
        starts.push(length);
        length += line.length + 1;
        bytes += lineBytes;
      }
      flatten();
    }
    if (starts.length > 0) yield take();
  }
  return {
    get given() {
      return counts.given;
    },
    get unsayable() {
      return counts.unsayable;
    },
    from
  };
}
const longestPauseMs = 250;
async function* orPauses(batches) {
  const iterator = batches[Symbol.asyncIterator]();
  try {
    for (; ; ) {
      const next = iterator.next();
      if (!await isSoon(next)) yield void 0;
      const result = await next;
      if (result.done === true) return;
      yield result.value;
    }
  } finally {
    await iterator.return?.();
  }
}
function isSoon(next) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, longestPauseMs, false);
    const end = () => {
      clearTimeout(timer);
      resolve(true);
    };
    next.then(end, end);
  });
}
function toRequest(lines) {
  const starts = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.length + 1;
  }
  return { text: lines.join("\n"), starts };
}
function toLines({ text, starts }) {
  return starts.map((start, index) => text.slice(start, (starts[index + 1] ?? text.length + 1) - 1));
}

const firstMs = 250;
const longestMs = 8e3;
function toDelayMs(attempt, retryAfterMs, random = Math.random) {
  const most = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.max(retryAfterMs, 0) + random() * most;
}
function parseRetryAfter(value, nowMs) {
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1e3;
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return 0;
  const dateMs = Date.parse(/ GMT$/i.test(text) ? text : `${text} GMT`);
  return Number.isNaN(dateMs) ? 0 : Math.max(0, dateMs - nowMs);
}
function wait(ms, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
    function end() {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    }
  });
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

class Problem {
  reason;
  constructor(reason) {
    this.reason = reason;
  }
}
function problemWith(reason, text) {
  const clipped = text.length > 50 ? `${text.slice(0, 49)}\u2026` : text;
  return new Problem(`${reason}: "${clipped.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").toWellFormed()}"`);
}

const tab = 9;
const space = 32;
const quote$1 = 34;
const comma = 44;
const equals = 61;
const backslash = 92;
const incomplete = /* @__PURE__ */ Symbol("incomplete");
class Cursor {
  text;
  /** No more text follows. */
  isFinal;
  /** Of a line, in UTF-16 units. */
  maxLength;
  start = 0;
  at = 0;
  /** Of the physical line of `at`, without its line break. */
  end = 0;
  /** Where the next line starts, if this is the last physical line of this one. */
  next = 0;
  /** How many line breaks were passed since `start`. */
  lineBreaks = 0;
  failure = incomplete;
  constructor(text, isFinal, maxLength) {
    this.text = text;
    this.isFinal = isFinal;
    this.maxLength = maxLength;
  }
  /** Goes to the line that starts there, and whose first physical line ends there: at a line break or the text's end. */
  moveTo(start, lineBreak) {
    this.start = start;
    this.at = start;
    this.lineBreaks = 0;
    this.setEnd(lineBreak);
  }
  /** Makes the physical line of `position`, which is behind this one's end, the one that is being read. */
  extendTo(position) {
    const { text } = this;
    for (let i = text.indexOf("\n", this.at); i !== -1 && i < position; i = text.indexOf("\n", i + 1)) this.lineBreaks++;
    const lineBreak = text.indexOf("\n", position);
    const end = lineBreak === -1 ? text.length : lineBreak;
    if (end - this.start > this.maxLength) return this.fail(new Problem("longer than 1 MiB"));
    if (lineBreak === -1 && !this.isFinal) return this.fail(incomplete);
    this.setEnd(end);
    return true;
  }
  setEnd(lineBreak) {
    this.next = lineBreak + 1;
    this.end = lineBreak > this.start && this.text[lineBreak - 1] === "\r" ? lineBreak - 1 : lineBreak;
  }
  skipBlanks() {
    for (; this.at < this.end; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== space && code !== tab) break;
    }
  }
  /** The character at `at` or a later place; a space behind the end, where a name or value ends as well. */
  codeAt(place) {
    return place < this.end ? this.text.charCodeAt(place) : space;
  }
  /** From `place` to the end of the physical line. */
  rest(place) {
    return this.text.slice(place, this.end);
  }
  fail(failure) {
    this.failure = failure;
    return void 0;
  }
  failWith(reason, text) {
    return this.fail(problemWith(reason, text));
  }
  failWithoutFields() {
    const line = this.rest(this.start);
    const hasTabs = line.includes("	") && !line.includes(" ");
    return this.failWith(hasTabs ? "no fields: a tab is no space" : "no fields", line);
  }
}

const maxLinear = 16;
class Pairs {
  list = [];
  index;
  /** -1: there is none. */
  indexOf(key) {
    const { list } = this;
    if (list.length > maxLinear) {
      this.index ??= new Map(list.map(([known], i) => [known, i]));
      return this.index.get(key) ?? -1;
    }
    for (let i = 0; i < list.length; i++) if (list[i]?.[0] === key) return i;
    return -1;
  }
  /** The key must be new. */
  push(key, value) {
    this.index?.set(key, this.list.length);
    this.list.push([key, value]);
  }
}

class Unsigned {
  value;
  constructor(value) {
    this.value = value;
  }
}

const maxInt64 = 2n ** 63n - 1n;
const minInt64 = -(2n ** 63n);
const maxTime = maxInt64 - 1n;
const minTime = minInt64 + 2n;
const zero = 48;
const letterI = 105;
const booleans = new Map([
  ...["t", "T", "true", "True", "TRUE"].map((text) => [text, true]),
  ...["f", "F", "false", "False", "FALSE"].map((text) => [text, false])
]);
const float = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const integer = /^-?\d+$/;
const digits = /^\d+$/;
function parseFieldValue(text) {
  const whole = toShortWhole(text);
  if (whole !== void 0) return text.endsWith("i") ? BigInt(whole) : whole;
  if (float.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? number : problemWith("number out of range", text);
  }
  const boolean = booleans.get(text);
  if (boolean !== void 0) return boolean;
  const body = text.slice(0, -1);
  if (text.endsWith("i") && integer.test(body)) {
    return toInteger(body, minInt64, maxInt64) ?? problemWith("integer out of range", text);
  }
  if (text.endsWith("u") && digits.test(body)) {
    const value = toInteger(body, 0n, maxInt64);
    return value === void 0 ? problemWith("unsigned integer over 2^63 - 1", text) : new Unsigned(value);
  }
  return /^[-+.\d]/.test(text) ? problemWith("not a number", text) : problemWith("neither number nor boolean, and text needs double quotes", text);
}
function toShortWhole(text) {
  const { length } = text;
  const end = text.charCodeAt(length - 1) === letterI ? length - 1 : length;
  if (end === 0 || end > 15) return void 0;
  let value = 0;
  for (let i = 0; i < end; i++) {
    const digit = text.charCodeAt(i) - zero;
    if (digit < 0 || digit > 9) return void 0;
    value = value * 10 + digit;
  }
  return value;
}
function parseTimestamp(text) {
  if (!integer.test(text)) return problemWith("not a timestamp, a whole number of nanoseconds", text);
  return toInteger(text, minTime, maxTime) ?? problemWith("timestamp out of range", text);
}
function toInteger(text, min, max) {
  const short = text.length > 20 ? text.replace(/^(-?)0+(?=\d)/, "$1") : text;
  if (short.length > 20) return void 0;
  const value = BigInt(short);
  return value < min || value > max ? void 0 : value;
}

const maxKeyBytes = 65535;
function scanFields(cursor, seriesStart) {
  const { text, at: seriesEnd } = cursor;
  const fields = new Pairs();
  let seriesBytes;
  cursor.skipBlanks();
  for (; ; ) {
    const from = cursor.at;
    const rawKey = scanFieldKey(cursor);
    if (rawKey === void 0) return void 0;
    if ((seriesEnd - seriesStart + 4 + rawKey.length) * 3 > maxKeyBytes) {
      seriesBytes ??= countBytes(text.slice(seriesStart, seriesEnd));
      if (seriesBytes + 4 + countBytes(rawKey) > maxKeyBytes) {
        return cursor.fail(new Problem("measurement, tags and the name of a field have more than 65,531 bytes"));
      }
    }
    const key = rawKey.includes("\\") ? rawKey.replace(/\\([, ="])/g, "$1") : rawKey;
    if (key === "time") {
      return cursor.fail(new Problem('a field cannot be called "time": the time is a number behind the fields'));
    }
    const value = scanFieldValue(cursor, from);
    if (value === void 0) return void 0;
    const known = fields.indexOf(key);
    if (known === -1) fields.push(key, value);
    else if (typeof fields.list[known]?.[1] === typeof value) fields.list[known] = [key, value];
    else return cursor.failWith("a field is there twice, with two types", key);
    if (cursor.codeAt(cursor.at) === space) return fields.list;
    cursor.at++;
  }
}
function scanFieldKey(cursor) {
  const { text, at, end } = cursor;
  let i = at;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === equals || code === comma || code === space) break;
    if (code === backslash) i++;
  }
  if (i === at) {
    if (text.charCodeAt(at - 1) === comma) return cursor.failWith("no field behind a comma", cursor.rest(cursor.start));
    if (at === end) return cursor.failWithoutFields();
    return cursor.failWith("a field has no name", cursor.rest(at));
  }
  if (i >= end || text.charCodeAt(i) !== equals) {
    return cursor.failWith("a field has no value", text.slice(at, Math.min(i, end)));
  }
  const raw = text.slice(at, i);
  if (raw.endsWith("\\")) return cursor.failWith("the name of a field ends in a backslash", raw);
  cursor.at = i + 1;
  return raw;
}
function scanFieldValue(cursor, from) {
  const { text, at, end } = cursor;
  if (cursor.codeAt(at) === quote$1) return scanString(cursor);
  let i = at;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === comma || code === space) break;
  }
  if (i === at) return cursor.failWith("a field has no value", text.slice(from, at));
  const value = parseFieldValue(text.slice(at, i));
  if (value instanceof Problem) return cursor.fail(value);
  cursor.at = i;
  return value;
}
function scanString(cursor) {
  const { text, at } = cursor;
  const close = findClosingQuote(cursor);
  if (close === void 0) return void 0;
  if (close > cursor.end && !cursor.extendTo(close)) return void 0;
  const code = cursor.codeAt(close + 1);
  if (code !== comma && code !== space) {
    return cursor.failWith("text behind the closing quote of a string", cursor.rest(close));
  }
  cursor.at = close + 1;
  const raw = text.slice(at + 1, close);
  return raw.includes("\\") ? raw.replace(/\\([\\"])/g, "$1") : raw;
}
function findClosingQuote(cursor) {
  const { text, at, start, maxLength } = cursor;
  for (let i = text.indexOf('"', at + 1); i !== -1 && i - start <= maxLength; i = text.indexOf('"', i + 1)) {
    let before = i;
    while (text.charCodeAt(before - 1) === backslash) before--;
    if ((i - before) % 2 === 0) return i;
  }
  if (text.length - start > maxLength) return cursor.fail(new Problem("a string does not end within 1 MiB"));
  if (!cursor.isFinal) return cursor.fail(incomplete);
  return cursor.failWith("a string has no closing quote", cursor.rest(at));
}
function countBytes(text) {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 128 ? 1 : code < 2048 || code >= 55296 && code <= 57343 ? 2 : 3;
  }
  return bytes;
}

function scanMeasurement(cursor) {
  const { text, at, end } = cursor;
  if (cursor.codeAt(at) === comma) return cursor.failWith("the measurement is missing", cursor.rest(at));
  for (let i = at + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code !== comma && code !== space || text.charCodeAt(i - 1) === backslash) continue;
    cursor.at = i;
    const raw = text.slice(at, i);
    if (!raw.includes("\\")) return raw;
    if (/\\\\[, ="]/.test(raw)) return cursor.failWith("two backslashes before a sign in the measurement", raw);
    return raw.replace(/\\([, ="])/g, "$1");
  }
  return cursor.failWithoutFields();
}
function scanTags(cursor) {
  const { text, end } = cursor;
  const tags = new Pairs();
  while (cursor.codeAt(cursor.at) === comma) {
    const from = cursor.at + 1;
    if (isStop(cursor.codeAt(from))) return cursor.failWith("a tag has no name", cursor.rest(cursor.at));
    const middle = findStop(cursor, from + 1);
    if (middle === end || text.charCodeAt(middle) !== equals) {
      return cursor.failWith("a tag has no value", text.slice(from, middle));
    }
    const valueStart = middle + 1;
    const first = cursor.codeAt(valueStart);
    if (first === space || first === comma) return cursor.failWith("a tag has no value", text.slice(from, valueStart));
    const to = findStop(cursor, valueStart + 1);
    if (to === end) return cursor.failWithoutFields();
    if (text.charCodeAt(to) === equals)
      return cursor.failWith('"=" in a tag value needs a backslash', cursor.rest(from));
    const key = unescapeTag(text.slice(from, middle));
    if (key === "time") return cursor.fail(new Problem('a tag cannot be called "time"'));
    if (tags.indexOf(key) !== -1) return cursor.failWith("a tag is there twice", key);
    tags.push(key, unescapeTag(text.slice(valueStart, to)));
    cursor.at = to;
  }
  return tags.list;
}
function isStop(code) {
  return code === equals || code === comma || code === space;
}
function findStop(cursor, from) {
  const { text, end } = cursor;
  let i = from;
  while (i < end && !(isStop(text.charCodeAt(i)) && text.charCodeAt(i - 1) !== backslash)) i++;
  return Math.min(i, end);
}
function unescapeTag(raw) {
  return raw.includes("\\") ? raw.replace(/\\([, =])/g, "$1") : raw;
}

class LineScanner {
  cursor;
  nul;
  separator;
  /** `isFinal`: no more text follows. */
  constructor(text, isFinal, maxLength) {
    this.cursor = new Cursor(text, isFinal, maxLength);
    this.nul = new Occurrences(text, "\0");
    this.separator = new Occurrences(text, "#!~");
  }
  /** After a record: where the next line starts. */
  get next() {
    return this.cursor.next;
  }
  /** After a record: how many line breaks were in its strings. */
  get lineBreaks() {
    return this.cursor.lineBreaks;
  }
  /** The line from `start`, whose first physical line ends at `lineBreak`; nothing when it is blank or a comment. */
  scan(start, lineBreak) {
    const { cursor } = this;
    cursor.moveTo(start, lineBreak);
    cursor.skipBlanks();
    const { text, at, end } = cursor;
    if (at === end || text[at] === "#") return void 0;
    if (this.nul.isBetween(start, end)) return hasNul;
    const name = scanMeasurement(cursor);
    if (name === void 0) return cursor.failure;
    const tags = scanTags(cursor);
    if (tags === void 0) return cursor.failure;
    if (this.separator.isBetween(at, cursor.at)) {
      return problemWith('"#!~" in measurement or tags, which InfluxDB uses itself', cursor.rest(at));
    }
    const fields = scanFields(cursor, at);
    if (fields === void 0) return cursor.failure;
    if (cursor.lineBreaks > 0 && this.nul.isBetween(start, cursor.end)) return hasNul;
    cursor.skipBlanks();
    if (cursor.at === cursor.end) return { name, tags, fields };
    const timeNs = scanTime(cursor);
    return timeNs instanceof Problem ? timeNs : { name, tags, fields, timeNs };
  }
}
const hasNul = new Problem("a NUL character: the file has to be UTF-8");
function scanTime(cursor) {
  const { text, at, end } = cursor;
  let to = at;
  while (to < end && text.charCodeAt(to) !== space) to++;
  const time = parseTimestamp(text.slice(at, to));
  if (time instanceof Problem) return time;
  cursor.at = to;
  while (cursor.codeAt(cursor.at) === space && cursor.at < end) cursor.at++;
  return cursor.at === end ? time : problemWith("text behind the timestamp", cursor.rest(cursor.at));
}
class Occurrences {
  text;
  wanted;
  next;
  constructor(text, wanted) {
    this.text = text;
    this.wanted = wanted;
    this.next = text.indexOf(wanted);
  }
  /** Whether one starts there; `from` may not be less than at the call before. */
  isBetween(from, to) {
    if (this.next !== -1 && this.next < from) this.next = this.text.indexOf(this.wanted, from);
    return this.next !== -1 && this.next < to;
  }
}

const maxLineLength = 2 ** 20;
class LineProtocolParser {
  buffer = "";
  line = 1;
  isAtStart = true;
  /** The text up to the next line break belongs to a line that is known to be too long. */
  isSkipping = false;
  /** The length that the buffer must have before another attempt is worthwhile: twice what was not enough. */
  wantedLength = 0;
  /** Returns the lines that are complete now, or known to be malformed; some of them may wait for a later call. */
  push(text) {
    this.buffer += text;
    if (this.buffer.length <= maxLineLength) {
      const isWorthwhile = this.wantedLength === 0 ? text.includes("\n") : this.buffer.length >= this.wantedLength;
      if (!isWorthwhile) return [];
    }
    return this.drain(false);
  }
  /** Returns the lines that were still open. The parser is used up then. */
  end() {
    return this.drain(true);
  }
  drain(isFinal) {
    const text = this.buffer;
    const parsed = [];
    const scanner = new LineScanner(text, isFinal, maxLineLength);
    let start = this.isAtStart && text.startsWith("\uFEFF") ? 1 : 0;
    if (text !== "") this.isAtStart = false;
    this.wantedLength = 0;
    while (start < text.length) {
      const lineBreak = text.indexOf("\n", start);
      const end = lineBreak === -1 ? text.length : lineBreak;
      if (this.isSkipping || end - start > maxLineLength) {
        if (!this.isSkipping) parsed.push({ line: this.line, problem: "longer than 1 MiB" });
        this.isSkipping = lineBreak === -1;
        if (!this.isSkipping) this.line++;
        start = end + 1;
        continue;
      }
      if (lineBreak === -1 && !isFinal) break;
      const result = scanner.scan(start, end);
      if (result === incomplete) {
        this.wantedLength = 2 * (text.length - start);
        break;
      }
      start = end + 1;
      if (result === void 0) ; else if (result instanceof Problem) {
        parsed.push({ line: this.line, problem: result.reason });
      } else {
        parsed.push({ line: this.line, record: result });
        start = scanner.next;
        this.line += scanner.lineBreaks;
      }
      this.line++;
    }
    this.buffer = text.slice(start);
    return parsed;
  }
}

function mendLines(lines, answer, unsigned) {
  if (!/conflict|column type/.test(answer)) return void 0;
  const records = lines.map(parseLine);
  const said = readAnswer$1(answer, (line) => records[line - 1]?.name);
  const found = /* @__PURE__ */ new Map();
  const passed = /* @__PURE__ */ new Set();
  const mended = records.map((record, index) => {
    const line = lines[index] ?? "";
    if (record === void 0) return line;
    const kept = record.fields.filter(([field, value]) => {
      const given = typeOf(value, unsigned);
      const key = JSON.stringify([record.name, field, given]);
      let conflict = found.get(key);
      if (conflict === void 0 && !passed.has(key)) {
        const existing = findExisting(said, record.name, field, given);
        if (existing === void 0) passed.add(key);
        else {
          conflict = { measurement: record.name, field, given, existing: existing || void 0, points: 0 };
          found.set(key, conflict);
        }
      }
      if (conflict === void 0) return true;
      conflict.points++;
      return false;
    });
    if (kept.length === record.fields.length) return line;
    if (kept.length === 0) return void 0;
    const { name: measurement, tags, timeNs } = record;
    return toLine({ measurement, tags, fields: kept, ...timeNs === void 0 ? {} : { timeNs } }, unsigned);
  });
  if (found.size === 0) return void 0;
  const left = mended.filter((line) => line !== void 0);
  return {
    conflicts: [...found.values()],
    lines: left,
    changed: mended.filter((line, index) => line !== void 0 && line !== lines[index]),
    emptied: lines.length - left.length
  };
}
function parseLine(line) {
  const parser = new LineProtocolParser();
  const parsed = [...parser.push(line), ...parser.end()];
  return parsed.length === 1 && parsed[0] !== void 0 && "record" in parsed[0] ? parsed[0].record : void 0;
}
function readAnswer$1(answer, measurementOf) {
  const texts = [];
  const byMeasurement = /* @__PURE__ */ new Map();
  try {
    const json = JSON.parse(answer, (_, value) => {
      if (typeof value === "string") texts.push(value);
      return value;
    });
    const lines = isObject(json) && Array.isArray(json.data) ? json.data.filter(isObject) : [];
    for (const { line_number: line, error_message: text } of lines) {
      const measurement = measurementOf(Number(line));
      if (measurement === void 0) continue;
      byMeasurement.set(measurement, `${byMeasurement.get(measurement) ?? ""}${text}
`);
    }
  } catch {
    return { all: answer, byMeasurement };
  }
  return { all: texts.join("\n"), byMeasurement };
}
function findExisting(said, measurement, field, given) {
  const older = `input field "${field}" on measurement "${measurement}" is type ${given}, already exists as type `;
  const at = said.all.indexOf(older);
  if (at >= 0) return /^\w+/.exec(said.all.slice(at + older.length))?.[0] ?? "";
  const newer = `column type for column '${field}', expected iox::column_type::`;
  const text = said.byMeasurement.get(measurement) ?? (said.byMeasurement.size === 0 ? said.all : "");
  const from = text.indexOf(newer);
  if (from < 0) return void 0;
  const rest = text.slice(from + newer.length);
  const [, existing = "", got = ""] = /^(?:field::)?(\w+), got iox::column_type::(?:field::)?(\w+)/.exec(rest) ?? [];
  return got === "" || got === given ? existing : void 0;
}
function typeOf(value, unsigned) {
  switch (typeof value) {
    case "number":
      return "float";
    case "bigint":
      return "integer";
    case "object":
      return unsigned === "u" ? "unsigned" : "integer";
    default:
      return typeof value;
  }
}

function explainFailure(error, target, nowMs = Date.now()) {
  if (!(error instanceof h)) {
    const text2 = `${nameCause(error)}${explainCause(error)}`;
    return { text: text2, fate: toNetworkFate(error), retryAfterMs: 0, answer: "", dropped: void 0 };
  }
  const { text, dropped } = readAnswer(error);
  const { statusCode } = error;
  const status = `${statusCode} ${error.statusMessage ?? ""}`.trim();
  return {
    text: [status, text && `"${text}"`, explainStatus(statusCode, target)].filter(Boolean).join(", "),
    fate: toFate(statusCode),
    retryAfterMs: parseRetryAfter(String(error.headers?.["retry-after"] ?? ""), nowMs),
    answer: error.body ?? "",
    dropped
  };
}
function toFate(status) {
  if (status === 429 || status >= 500) return "again";
  if (status === 413) return "smaller";
  return [401, 403, 404, 407].includes(status) || status < 400 ? "final" : "refused";
}
function toNetworkFate(error) {
  const code = String(error?.code);
  return isUntrusted(code) || /^(HPE_|ERR_SSL|ERR_TLS|EPROTO|ERR_PROXY_INVALID_CONFIG)/.test(code) ? "final" : "again";
}
function readAnswer({ body = "" }) {
  let text = body;
  let rejected = [];
  try {
    const json = JSON.parse(body);
    const said = isObject(json) ? json.error ?? json.message : void 0;
    const inner = isObject(said) ? said.message : said;
    if (typeof inner === "string") text = inner;
    if (isObject(json)) rejected = readRejected(json);
  } catch {
  }
  const rejectedCount = rejected.length < maxRejected ? rejected.length : void 0;
  const dropped = rejected.length > 0 ? rejectedCount : countDropped(text);
  return { text: [text, ...new Set(rejected)].join(": ").trim().replace(/\s+/g, " "), dropped };
}
const maxRejected = 100;
function readRejected({ data }) {
  return Array.isArray(data) ? data.filter(isObject).map(({ error_message: text }) => typeof text === "string" ? text : "") : [];
}
function countDropped(text) {
  const dropped = /partial write:.* dropped=(\d+)\s*$/s.exec(text)?.[1];
  return dropped === void 0 ? void 0 : Number(dropped) + (text.match(/unable to parse '/g)?.length ?? 0);
}
function explainStatus(status, target) {
  const place = target.api === "v2" ? `the bucket "${target.bucket}"` : `the database "${target.database}"`;
  switch (status) {
    case 400:
    case 422:
      return "the server refused some or all of the points";
    case 401:
      return target.api === "v1" ? "check username and password" : "check the token";
    case 403:
      return `the ${target.api === "v1" ? "user" : "token"} may not write to ${place}`;
    case 404:
      return target.api === "v1" || target.api === "v3" ? `check that ${place} exists, and that the url is InfluxDB's` : `check that ${place} and the org exist, and that the server speaks v2 (InfluxDB 1.x takes database instead)`;
    case 407:
      return "the proxy wants other credentials: check HTTP_PROXY and HTTPS_PROXY";
    case 413:
      return "the server takes no request of this size";
    case 429:
      return "the server is asked too often";
    default:
      if (status >= 300 && status < 400) return "redirects are not followed: give the server's own url";
      return status >= 500 ? "the server failed" : "is this the url of InfluxDB?";
  }
}
function nameCause(error) {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(nameCause).join("; ");
  const code = error.code;
  const message = error.message || code || error.name;
  return code === void 0 || message.includes(code) ? message : `${message} (${code})`;
}
function explainCause(error) {
  const code = String(error?.code);
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT)$/.test(code)) {
    return ": check that the server is up, and that this runner can reach it";
  }
  if (code.startsWith("HPE_")) return ": what answers there is no HTTP server";
  return isUntrusted(code) ? ": give the server's own CA to the runner as NODE_EXTRA_CA_CERTS" : "";
}
function isUntrusted(code) {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}

function createSender(api, target, writing) {
  Jt({ error() {
  }, warn() {
  } });
  const sent = { written: 0, unsent: 0, lost: 0, problems: /* @__PURE__ */ new Set(), conflicts: [] };
  const unsigned = target.api === "v1" ? "i" : "u";
  let isOver = false;
  function put(lines) {
    sent.unsent += lines.length;
    writing.unsent(lines);
  }
  async function tryLong(text) {
    let last;
    for (let attempt = 1; ; attempt++) {
      try {
        api.writeRecord(text);
        await api.flush();
        return void 0;
      } catch (error) {
        if (writing.signal.aborted) return toLate(last, attempt, writing.signal);
        const failure = explainFailure(error, target);
        if (failure.fate !== "again") return failure;
        last = failure;
        const left = writing.remainingMs();
        if (failure.retryAfterMs > 0 && failure.retryAfterMs >= left) {
          const asked = `the server wants ${Math.ceil(failure.retryAfterMs / 1e3)} s of quiet, longer than the input timeout leaves`;
          return { ...failure, text: `${failure.text}; ${asked}`, fate: "final" };
        }
        const delayMs = Math.min(toDelayMs(attempt, failure.retryAfterMs), Math.max(failure.retryAfterMs, left / 2));
        await wait(Math.max(delayMs, shortestWaitMs), writing.signal);
        if (writing.signal.aborted) return toLate(last, attempt, writing.signal);
      }
    }
  }
  async function send(request) {
    if (isOver || writing.signal.aborted) {
      if (!isOver) sent.problems.add(`not all was written before ${explainEnd(writing.signal)}`);
      isOver = true;
      put(toLines(request));
      return;
    }
    const failure = await tryLong(request.text);
    if (failure === void 0) sent.written += request.starts.length;
    else await settle(request, failure);
  }
  async function settle(request, failure) {
    const count = request.starts.length;
    if (failure.fate === "smaller" && count > 1) {
      const lines = toLines(request);
      const middle = Math.ceil(count / 2);
      await send(toRequest(lines.slice(0, middle)));
      await send(toRequest(lines.slice(middle)));
      return;
    }
    if (failure.fate === "refused") {
      if (isUnnamedConflict(failure.answer) && !unnamed.has(request)) {
        await sendAgain(request);
        return;
      }
      const lines = toLines(request);
      const mended = mendLines(lines, failure.answer, unsigned);
      if (mended !== void 0) {
        sent.conflicts.push(...mended.conflicts);
        sent.lost += mended.emptied;
        const isAll = failure.dropped === mended.changed.length + mended.emptied;
        const rest = isAll ? mended.changed : mended.lines;
        sent.written += mended.lines.length - rest.length;
        if (rest.length > 0) await send(toRequest(rest));
        return;
      }
    }
    if (failure.fate === "final") isOver = true;
    sent.problems.add(failure.text);
    const dropped = Math.min(failure.dropped ?? count, count);
    sent.written += count - dropped;
    if (isForGood(failure.answer)) {
      sent.lost += dropped;
      return;
    }
    sent.unsent += dropped;
    writing.unsent(toLines(request));
  }
  const unnamed = /* @__PURE__ */ new WeakSet();
  async function sendAgain({ text, starts }) {
    const again = { text, starts };
    unnamed.add(again);
    await send(again);
  }
  return {
    sent,
    send,
    get isOver() {
      return isOver;
    }
  };
}
const shortestWaitMs = 20;
function toLate(last, attempts, signal) {
  const end = `before ${explainEnd(signal)}`;
  const tries = attempts === 1 ? "once" : `${attempts} times`;
  const text = last === void 0 ? `no answer ${end}` : `${last.text}; tried ${tries} ${end}`;
  return { text, fate: "final", retryAfterMs: 0, answer: "", dropped: void 0 };
}
function isUnnamedConflict(answer) {
  return /field type conflict/.test(answer) && !/input field/.test(answer);
}
function isForGood(answer) {
  return /points? (is |are )?(beyond|outside) (the )?retention/.test(answer);
}

const gzipFrom = 1e3;
function createTransport(target, http, signal) {
  const url = new URL(target.url + toWritePath(target));
  const authorization = toAuthorization(target);
  async function send(body, headers) {
    const isLong = Buffer.byteLength(body) >= gzipFrom;
    const response = await http.request({
      method: "POST",
      url,
      headers: {
        ...headers,
        ...authorization === void 0 ? {} : { authorization },
        ...isLong ? { "content-encoding": "gzip" } : {},
        "user-agent": "build-stats"
      },
      body: isLong ? await compress(body) : body,
      isLenient: true,
      signal
    });
    const { status, statusText, headers: answered } = response;
    const text = response.body.toString("utf8");
    if (status === 204 || status === 201 && text === "") return response;
    throw new h(status, statusText, text, void 0, answered["content-type"], void 0, answered);
  }
  const unused = () => {
    throw new Error("Only writing is supported");
  };
  return {
    send(_path, body, options, callbacks) {
      send(body, options.headers ?? {}).then(
        (response) => {
          callbacks?.responseStarted?.(response.headers, response.status);
          callbacks?.complete?.();
        },
        (error) => callbacks?.error?.(error)
      );
    },
    request: unused,
    iterate: unused,
    chunkCombiner: { concat: unused, copy: unused, toUtf8String: unused }
  };
}
async function compress(body) {
  const { gzip } = await import('node:zlib');
  return await new Promise((resolve, reject) => {
    gzip(body, (error, compressed) => error ? reject(error) : resolve(compressed));
  });
}
function toWritePath(target) {
  const query = new URLSearchParams();
  switch (target.api) {
    case "v1":
      query.set("db", target.database);
      if (target.retentionPolicy !== void 0) query.set("rp", target.retentionPolicy);
      break;
    case "v2":
      if (target.org !== void 0) query.set("org", target.org);
      query.set("bucket", target.bucket);
      break;
    case "v3":
      query.set("bucket", target.database);
  }
  query.set("precision", "ns");
  return `${target.api === "v1" ? "/write" : "/api/v2/write"}?${query}`;
}
function toAuthorization(target) {
  switch (target.api) {
    case "v1": {
      if (target.login === void 0) return void 0;
      const { username, password } = target.login;
      return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    }
    case "v2":
      return `Token ${target.token}`;
    case "v3":
      return `Bearer ${target.token}`;
  }
}

async function* readAhead(source, sizeOf, maxSize) {
  const waiting = [];
  let size = 0;
  let failure;
  let isOver = false;
  let wakeReader = () => {
  };
  let wakeConsumer = () => {
  };
  async function read() {
    try {
      for await (const item of source) {
        waiting.push(item);
        size += sizeOf(item);
        wakeConsumer();
        while (size >= maxSize && !isOver) await new Promise((resolve) => wakeReader = resolve);
        if (isOver) return;
      }
    } catch (error) {
      failure = { error };
    } finally {
      isOver = true;
      wakeConsumer();
    }
  }
  const reading = read();
  try {
    for (; ; ) {
      const item = waiting.shift();
      if (item !== void 0) {
        size -= sizeOf(item);
        wakeReader();
        yield item;
      } else if (isOver) {
        if (failure !== void 0) throw failure.error;
        return;
      } else {
        await new Promise((resolve) => wakeConsumer = resolve);
      }
    }
  } finally {
    isOver = true;
    wakeReader();
    await reading;
  }
}

const maxAhead = 32e6;
function openInfluxDB(target, http) {
  return {
    name: nameTarget(target),
    async write(batches, writing) {
      const sender = createSender(openWriteApi(target, http, writing.signal), target, writing);
      const requests = createRequests(target.api === "v1" ? "i" : "u");
      let gaveUp = false;
      async function* readUntilAborted() {
        for await (const batch of batches) {
          gaveUp = writing.readSignal.aborted;
          if (gaveUp) break;
          yield batch;
        }
      }
      const sizeOf = ({ text }) => text.length;
      for await (const request of readAhead(requests.from(readUntilAborted()), sizeOf, maxAhead)) {
        await sender.send(request);
      }
      const { written, unsent, lost, problems, conflicts } = sender.sent;
      const { unsayable } = requests;
      if (unsayable > 0) problems.add(`line protocol cannot say ${unsayable} of the points`);
      return {
        written,
        unsent,
        lost: lost + unsayable,
        gaveUp,
        ...sender.isOver ? { isDown: true } : {},
        problems: [...problems],
        conflicts
      };
    }
  };
}
function nameTarget(target) {
  const place = target.api === "v2" ? `bucket ${target.bucket}` : `database ${target.database}`;
  return `${target.url} (${target.api}, ${place})`;
}
function openWriteApi(target, http, signal) {
  const transport = createTransport(target, http, signal);
  const writeOptions = {
    maxRetries: 0,
    flushInterval: 0,
    // A record is the text of a whole request.
    batchSize: 2,
    maxBatchBytes: Number.MAX_SAFE_INTEGER
  };
  return new _({ url: target.url, transport }).getWriteApi("", "", "ns", writeOptions);
}

function openRedacted(storage, redact) {
  async function* toRedacted(batches) {
    for await (const batch of batches) yield batch.map((point) => redactPoint(point, redact));
  }
  return { name: storage.name, write: (batches, writing) => storage.write(toRedacted(batches), writing) };
}
function redactPoint(point, redact) {
  const clean = (text) => redact(text) === text;
  const isClean = clean(point.measurement) && point.tags.every(([key, value]) => clean(key) && clean(value)) && point.fields.every(([key, value]) => clean(key) && clean(toText(value)));
  if (isClean) return point;
  return {
    measurement: redact(point.measurement),
    tags: [...new Map(point.tags.map(([key, value]) => [redact(key), redact(value)]))],
    fields: [
      ...new Map(
        point.fields.map(([key, value]) => [redact(key), clean(toText(value)) ? value : redact(toText(value))])
      )
    ],
    timeNs: point.timeNs
  };
}
function toText(value) {
  return typeof value === "object" ? String(value.value) : String(value);
}

const secretInputs = ["token", "password", "github-token"];
function readSecrets(read) {
  const login = read("username") === "" ? [] : [Buffer.from(`${read("username")}:${read("password")}`).toString("base64")];
  return [...secretInputs.map(read), ...login].filter((secret) => secret !== "");
}

function openEdges(env, cancel) {
  const runner = openRunner(env, (read) => [...readSecrets(read), ...readProxySecrets(env)]);
  return { runner, http: createHttpClient(env), upload: canUpload(env) ? uploadArtifact : void 0, cancel };
}
function nameStorage(target) {
  return target.kind === "influxdb" ? nameTarget(target) : `file ${target.name}`;
}
function openStorage({ name, target }, settings, edges) {
  const storage = openRedacted(openBare(target, settings, edges), edges.runner.log.redact);
  return name === void 0 ? storage : { ...storage, name: `${name}: ${storage.name}` };
}
function openBare(target, { dryRun }, { runner, http }) {
  switch (target.kind) {
    case "influxdb":
      if (dryRun) return openDryRun(nameStorage(target), target.api === "v1" ? "i" : "u", runner.log.print);
      return openInfluxDB(target, http);
    case "file":
      return dryRun ? openDryRun(nameStorage(target), "u", runner.log.print) : openFile(target);
  }
}
async function writeTo(storage, batches, count, writing) {
  try {
    return { name: storage.name, ...await storage.write(batches, writing) };
  } catch (error) {
    return {
      name: storage.name,
      written: 0,
      unsent: 0,
      lost: count,
      gaveUp: true,
      problems: [error.message]
    };
  }
}
async function runPhase(phase) {
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

function toBuilder(workflow, job, matrix) {
  const values = Object.values(matrix).filter((value) => value !== null && typeof value !== "object");
  return `${workflow}/${job}${values.length > 0 ? ` (${values.join(", ")})` : ""}`;
}
function toDuration(build) {
  return Math.max(0, build.endMs - build.startMs) / 1e3;
}
function formatDuration(seconds) {
  const whole = Math.round(seconds * 10) / 10;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole % 3600 / 60)];
  const rest = `${Math.round(whole % 60 * 10) / 10} s`;
  if (hours > 0) return `${hours} h ${minutes} min ${rest}`;
  return minutes > 0 ? `${minutes} min ${rest}` : rest;
}

const maxDepth$1 = 100;
function isDeep(value, depth = 0) {
  if (typeof value !== "object" || value === null) return false;
  if (depth === maxDepth$1) return true;
  const inner = Array.isArray(value) ? value : Object.values(value);
  return inner.some((item) => isDeep(item, depth + 1));
}
function cutDeep(value) {
  return isDeep(value) ? { value: cutValue(value, 0), isCut: true } : { value, isCut: false };
}
function cutValue(value, depth) {
  if (typeof value !== "object" || value === null) return value;
  if (depth === maxDepth$1) return null;
  if (Array.isArray(value)) return value.map((item) => cutValue(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutValue(inner, depth + 1)]));
}

function parseContexts(read) {
  const problems = [];
  const warnings = [];
  const parse = (input) => {
    const text = read(input).trim();
    if (text === "" || text === "null") return {};
    const { value, isCut } = cutDeep(parseJson$1(text));
    if (isCut) warnings.push(explainCut(`The input ${input}`));
    if (isObject(value)) return value;
    const given = text.length > 40 ? `${text.slice(0, 40)}\u2026` : text;
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
      strategy: parse("strategy")
    },
    problems,
    warnings
  };
}
function explainCut(what) {
  return `${what} is nested deeper than ${maxDepth$1} levels: what is below them is left out.`;
}
function parseJson$1(text) {
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

function createLineFinder(yaml, events, text) {
  let offsets;
  let starts = [];
  return (path) => {
    if (offsets === void 0) {
      offsets = findOffsets(yaml, events, text);
      starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
    }
    for (let length = path.length; length > 0; length--) {
      const offset = offsets.get(toPlace(path.slice(0, length)));
      if (offset !== void 0) return countLines(starts, offset);
    }
    return void 0;
  };
}
function countLines(starts, offset) {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = low + high >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
function toPlace(path) {
  return path.map((part) => `/${part}`).join("");
}
function findOffsets({ EVENT_ID, getScalarValue }, events, text) {
  const offsets = /* @__PURE__ */ new Map();
  const stack = [];
  for (const event of events) {
    const parent = stack.at(-1);
    if (event.type === EVENT_ID.DOCUMENT) {
      stack.push({ place: "", kind: "document", index: 0, key: void 0 });
    } else if (event.type === EVENT_ID.POP) {
      stack.pop();
    } else if (parent?.kind === "map" && parent.key === void 0) {
      parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : "";
      offsets.set(`${parent.place}/${parent.key}`, toOffset(event));
    } else if (parent !== void 0) {
      const place = toChildPlace(parent);
      if (parent.kind === "list" && toOffset(event) >= 0) offsets.set(place, toOffset(event));
      parent.key = void 0;
      parent.index++;
      if (event.type === EVENT_ID.SEQUENCE) stack.push({ place, kind: "list", index: 0, key: void 0 });
      if (event.type === EVENT_ID.MAPPING) stack.push({ place, kind: "map", index: 0, key: void 0 });
    }
  }
  return offsets;
}
function toChildPlace({ place, kind, index, key }) {
  if (kind === "document") return place;
  return `${place}/${kind === "map" ? key : index}`;
}
function toOffset(event) {
  if ("valueStart" in event) return event.valueStart;
  if ("start" in event) return event.start;
  return "anchorStart" in event ? event.anchorStart : 0;
}

const maxLength = 2e5;
const maxAliases = 20;
async function parseYaml(input, text, problems, scalars = "typed") {
  if (text.length > maxLength) {
    problems.push({ input, text: `is ${text.length} characters long; at most ${maxLength} are read` });
    return void 0;
  }
  const yaml = await Promise.resolve().then(() => require('./yaml-parser.js'));
  try {
    const events = yaml.parseEvents(text, {});
    const construct = (schema) => yaml.constructFromEvents(events, { source: text, maxAliases, schema });
    const documents = construct(scalars === "text" ? yaml.FAILSAFE_SCHEMA : yaml.CORE_SCHEMA);
    if (documents.length > 1) {
      problems.push({ input, text: 'holds several YAML documents; leave the line "---" out' });
      return void 0;
    }
    const value = documents[0] ?? null;
    const lineOf = createLineFinder(yaml, events, text);
    const cycle = findCycle(value);
    if (cycle !== void 0) {
      problems.push({ input, line: lineOf(cycle), text: "an alias stands within the value that it stands for" });
      return void 0;
    }
    return { value, toText: () => construct(yaml.FAILSAFE_SCHEMA)[0], lineOf };
  } catch (error) {
    const { reason, mark } = error;
    const lines = text.trimEnd().split("\n");
    if (mark !== void 0 && mark.line >= lines.length) {
      const why = "is not YAML: it ends within a quote or a bracket, which is to be closed";
      problems.push({ input, line: lines.length, text: why });
      return void 0;
    }
    const line = mark === void 0 ? void 0 : mark.line + 1;
    const tab = /^ *\t/.test(lines[(line ?? 0) - 1] ?? "") ? "; indent with spaces, not with tabs" : "";
    problems.push({ input, line, text: `is not YAML: ${reason ?? error.message}${tab}` });
    return void 0;
  }
}
function findCycle(value, above = [], path = []) {
  if (typeof value !== "object" || value === null) return void 0;
  if (above.includes(value)) return path;
  for (const [key, inner] of Object.entries(value)) {
    const found = findCycle(inner, [...above, value], [...path, key]);
    if (found !== void 0) return found;
  }
  return void 0;
}

const emptyMap = { map: {}, isCut: false, lineOf: () => void 0 };
async function parseMap(input, text, problems, scalars) {
  if (text.trim() === "") return emptyMap;
  const json = text.trim().startsWith("{") ? parseJson(text) : void 0;
  const { value, lineOf } = (json === void 0 ? await parseYaml(input, text, problems, scalars) : { value: json, lineOf: emptyMap.lineOf }) ?? {};
  if (lineOf === void 0 || value === null) return emptyMap;
  if (typeof value === "object" && !Array.isArray(value)) {
    const { value: map, isCut } = cutDeep(value);
    return { map, isCut, lineOf };
  }
  problems.push({ input, text: 'must be a map: lines of "name: value"' });
  return emptyMap;
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
async function parseProperties(text, problems, warnings) {
  const { map, isCut } = await parseMap("properties", text, problems, "typed");
  if (isCut) warnings.push(explainCut("The input properties"));
  try {
    return JSON.parse(JSON.stringify(map));
  } catch (error) {
    problems.push({ input: "properties", text: `cannot be read as data: ${error.message}` });
    return {};
  }
}

const array = [];
const characterCodeCache = [];

function leven(first, second, options) {
	if (first === second) {
		return 0;
	}

	const maxDistance = options?.maxDistance;
	const swap = first;

	// Swapping the strings if `a` is longer than `b` so we know which one is the
	// shortest & which one is the longest
	if (first.length > second.length) {
		first = second;
		second = swap;
	}

	let firstLength = first.length;
	let secondLength = second.length;

	// Performing suffix trimming:
	// We can linearly drop suffix common to both strings since they
	// don't increase distance at all
	// Note: `~-` is the bitwise way to perform a `- 1` operation
	while (firstLength > 0 && (first.charCodeAt(~-firstLength) === second.charCodeAt(~-secondLength))) {
		firstLength--;
		secondLength--;
	}

	// Performing prefix trimming
	// We can linearly drop prefix common to both strings since they
	// don't increase distance at all
	let start = 0;

	while (start < firstLength && (first.charCodeAt(start) === second.charCodeAt(start))) {
		start++;
	}

	firstLength -= start;
	secondLength -= start;

	// Early termination after trimming: if difference in length exceeds max distance
	if (maxDistance !== undefined && secondLength - firstLength > maxDistance) {
		return maxDistance;
	}

	if (firstLength === 0) {
		return maxDistance !== undefined && secondLength > maxDistance
			? maxDistance
			: secondLength;
	}

	let bCharacterCode;
	let result;
	let temporary;
	let temporary2;
	let index = 0;
	let index2 = 0;

	while (index < firstLength) {
		characterCodeCache[index] = first.charCodeAt(start + index);
		array[index] = ++index;
	}

	while (index2 < secondLength) {
		bCharacterCode = second.charCodeAt(start + index2);
		temporary = index2++;
		result = index2;

		for (index = 0; index < firstLength; index++) {
			temporary2 = bCharacterCode === characterCodeCache[index] ? temporary : temporary + 1;
			temporary = array[index];
			// eslint-disable-next-line no-multi-assign
			result = array[index] = temporary > result
				? (temporary2 > result ? result + 1 : temporary2)
				: (temporary2 > temporary ? temporary + 1 : temporary2);
		}

		// Early termination: if all values in current row exceed maxDistance
		if (maxDistance !== undefined) {
			let rowMinimum = result;
			for (index = 0; index < firstLength; index++) {
				if (array[index] < rowMinimum) {
					rowMinimum = array[index];
				}
			}

			if (rowMinimum > maxDistance) {
				return maxDistance;
			}
		}
	}

	// Bound arrays to avoid retaining large previous sizes
	array.length = firstLength;
	characterCodeCache.length = firstLength;

	return maxDistance !== undefined && result > maxDistance ? maxDistance : result;
}

function closestMatch(target, candidates, options) {
	if (!Array.isArray(candidates) || candidates.length === 0) {
		return undefined;
	}

	const userMax = options?.maxDistance;
	const targetLength = target.length;

	// Exact match fast-path
	for (const candidate of candidates) {
		if (candidate === target) {
			return candidate;
		}
	}

	if (userMax === 0) {
		return undefined;
	}

	let best;
	let bestDist = Number.POSITIVE_INFINITY;
	const seen = new Set();

	for (const candidate of candidates) {
		if (seen.has(candidate)) {
			continue;
		}

		seen.add(candidate);

		const lengthDiff = Math.abs(candidate.length - targetLength);
		if (lengthDiff >= bestDist) {
			continue;
		}

		if (userMax !== undefined && lengthDiff > userMax) {
			continue;
		}

		const cap = Number.isFinite(bestDist)
			? (userMax === undefined ? bestDist : Math.min(bestDist, userMax))
			: userMax;

		const distance = cap === undefined
			? leven(target, candidate)
			: leven(target, candidate, {maxDistance: cap});

		// Skip candidates that exceed the user's maximum distance
		if (userMax !== undefined && distance > userMax) {
			continue;
		}

		// If we got a capped result that equals the cap, we need the actual distance
		// for accurate comparison, but only if the cap was due to userMax
		let actualD = distance;
		if (cap !== undefined && distance === cap && cap === userMax) {
			actualD = leven(target, candidate);
		}

		if (actualD < bestDist) {
			bestDist = actualD;
			best = candidate;
			if (bestDist === 0) {
				break;
			}
		}
	}

	if (userMax !== undefined && bestDist > userMax) {
		return undefined;
	}

	return best;
}

function suggest(word, known, what) {
  const nearest = findNearest(word, known);
  return `${nearest === void 0 ? "" : `did you mean "${nearest}"? `}Known ${what}: ${known.join(", ")}`;
}
function findNearest(word, known) {
  return closestMatch(word.toLowerCase(), known, { maxDistance: Math.max(2, Math.floor(word.length / 3)) });
}

const units = { seconds: 1, minutes: 60, hours: 3600 };
const valueTypes = ["float", "int", "string", "boolean"];
const missingLevels = ["warn", "ignore", "error"];
const everywhere = { builder: void 0, callback: void 0, source: "captures", line: void 0 };
const defaultRules = [
  { kind: "start-time", field: void 0, ...everywhere },
  { kind: "end-time", field: void 0, ...everywhere },
  { kind: "duration", reportIn: "seconds", field: void 0, ...everywhere },
  { kind: "data", match: { regex: /.*/y }, measurement: void 0, tags: [], ...everywhere }
];
function nameRule(rule) {
  const what = "match" in rule && rule.match !== void 0 ? `${rule.kind} ${nameMatcher(rule.match)}` : rule.kind;
  return rule.line === void 0 ? what : `${what} (${rule.source}, line ${rule.line})`;
}
function nameMatcher(match) {
  return "name" in match ? match.name : `/${match.regex.source}/`;
}

function appliesTo(rule, builder) {
  return rule.builder === void 0 || rule.builder.some((pattern) => matchesWildcard(pattern, builder));
}
function matchesWildcard(pattern, text) {
  const [head = "", ...pieces] = pattern.split("*");
  if (pieces.length === 0) return pattern === text;
  const tail = pieces.pop() ?? "";
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
function compileRegex(source) {
  return new RegExp(source, "y");
}
function matchesName(match, name) {
  if ("name" in match) return match.name === name;
  match.regex.lastIndex = 0;
  return match.regex.test(name);
}
function looksSecret(name) {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2").toLowerCase().split(/[^a-z]+/);
  return words.some((word) => ["token", "secret", "password", "key"].includes(word));
}

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const decimal = /^[+-]?(?:\d+(?:[eE][+-]\d+)?|(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;
const anyDecimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
class ValueError extends Error {
}
function toFieldValue(value, type) {
  if (value === null) throw new ValueError("is null");
  const text = String(toScalar(value));
  if (text.trim() === "" && type !== "string") throw new ValueError("is empty");
  switch (type) {
    case "string":
      return text;
    case "float":
      return parseFloatText(value, text);
    case "int":
      return parseIntText(text);
    case "boolean":
      return parseBooleanText(text);
    case void 0:
      return typeof value === "string" ? guessValue(value) : toScalar(value);
  }
}
function toScalar(value) {
  if (typeof value === "number" && !Number.isFinite(value)) throw new ValueError("holds a number beyond 64-bit floats");
  if (typeof value !== "object") return value;
  try {
    return JSON.stringify(value);
  } catch {
    throw new ValueError("holds a list or object that is nested too deep");
  }
}
function guessValue(text) {
  const trimmed = text.trim();
  if (trimmed === "true" || trimmed === "false") return trimmed === "true";
  const number = decimal.test(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(number) ? number : text;
}
function parseFloatText(value, text) {
  const number = typeof value !== "boolean" && anyDecimal.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw new ValueError(`is ${quote(text)}, no finite decimal number (type: float)`);
  return number;
}
function parseIntText(text) {
  const whole = /^([+-]?\d+)(?:\.0*)?$/.exec(text.trim())?.[1];
  if (whole === void 0) throw new ValueError(`is ${quote(text)}, no whole number (type: int); try type: float`);
  const value = BigInt(whole.replace("+", ""));
  if (value < int64.min || value > int64.max)
    throw new ValueError(`is ${quote(text)}, more than 64 bits hold (type: int)`);
  return value;
}
function parseBooleanText(text) {
  const word = text.trim().toLowerCase();
  if (word !== "true" && word !== "false")
    throw new ValueError(`is ${quote(text)}, neither true nor false (type: boolean)`);
  return word === "true";
}
function quote(text) {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}\u2026` : text);
}

function captureBuild(build, rules) {
  const captured = [];
  const steps = /* @__PURE__ */ new Set();
  const misses = [];
  const warnings = /* @__PURE__ */ new Set();
  const secretNames = /* @__PURE__ */ new Set();
  for (const rule of rules) {
    if (!appliesTo(rule, build.builder)) continue;
    switch (rule.kind) {
      case "start-time":
        captured.push({
          rule,
          timeMs: build.startMs,
          value: toIso(build.startMs),
          input: { start: toIso(build.startMs) }
        });
        break;
      case "end-time":
        captured.push({ rule, timeMs: build.endMs, value: toIso(build.endMs), input: { end: toIso(build.endMs) } });
        break;
      case "duration":
        captured.push({
          rule,
          value: toDuration(build) / units[rule.reportIn],
          input: { start: toIso(build.startMs), end: toIso(build.endMs), seconds: toDuration(build) }
        });
        break;
      case "property":
        for (const found of findProperties(build, rule, secretNames)) {
          if ("reason" in found) {
            misses.push({ rule, reason: found.reason, level: rule.onMissing });
            continue;
          }
          const clash = explainClash(build.properties, found.name);
          if (clash !== void 0) warnings.add(clash);
          captured.push(found);
        }
        break;
      case "steps": {
        const found = findSteps(build, rule);
        if ("reason" in found) misses.push({ rule, reason: found.reason, level: "warn" });
        else {
          for (const step of found.steps) steps.add(step);
          for (const name of found.late) warnings.add(explainLate(name));
        }
        break;
      }
    }
  }
  return { captured, steps: [...steps], misses, warnings: [...warnings], secretNames: [...secretNames] };
}
function toIso(ms) {
  return new Date(ms).toISOString();
}
function toProps(build) {
  const names = build.properties.listed.flatMap(({ path, shortName, value }) => [
    [path, value],
    ...shortName === void 0 ? [] : [[shortName, value]]
  ]);
  return Object.fromEntries(names);
}
function findProperties(build, rule, secretNames) {
  const { match } = rule;
  if ("name" in match) {
    const property = build.properties.find(match.name);
    return [property ? toCaptured$1(rule, match.name, property, build) : { reason: explainMissing(match.name, build) }];
  }
  return build.properties.listed.flatMap((property) => {
    const names = property.shortName === void 0 ? [property.path] : [property.shortName, property.path];
    const name = names.find((candidate) => matchesName(match, candidate));
    if (name === void 0) return [];
    if (names.some(looksSecret)) {
      secretNames.add(name);
      return [];
    }
    return isEmpty(property.value) ? [] : [toCaptured$1(rule, name, property, build)];
  });
}
function toCaptured$1(rule, name, property, build) {
  if (rule.callback !== void 0) {
    return { rule, name, property, value: "", input: { value: property.value, name, props: toProps(build) } };
  }
  if (rule.tag !== void 0 && isEmpty(property.value)) return { reason: `property "${name}" is empty` };
  try {
    const type = rule.tag === void 0 ? rule.type : "string";
    return { rule, name, property, value: toFieldValue(property.value, type) };
  } catch (error) {
    if (error instanceof ValueError) return { reason: `property "${name}" ${error.message}` };
    throw error;
  }
}
function findSteps({ steps }, { match }) {
  if ("reason" in steps) return { reason: `the steps of the job are not known: ${steps.reason}` };
  if (match === void 0) return { steps: steps.ran, late: steps.late };
  const found = steps.ran.filter(({ name }) => matchesName(match, name));
  if ("regex" in match || found.length > 0 || steps.others.includes(match.name)) {
    return { steps: found, late: steps.late.filter((name) => matchesName(match, name)) };
  }
  const nearest = findNearest(match.name, [...steps.ran.map(({ name }) => name), ...steps.others]);
  const hint = nearest === void 0 ? 'a step without a name is called "Run " and its command' : `did you mean "${nearest}"`;
  return { reason: `the job has no step "${match.name}"; ${hint}` };
}
function explainLate(name) {
  return `GitHub does not know yet that the step "${name}" is over: there is no point of it.`;
}
function isEmpty(value) {
  return value === null || typeof value === "string" && value.trim() === "";
}
function explainMissing(name, build) {
  const what = `there is no property "${name}" in build ${build.number ?? "(no number)"} of ${build.builder}`;
  const isPath = name.includes(".");
  const names = build.properties.listed.map(({ path, shortName }) => isPath ? path : shortName ?? path);
  const nearest = findNearest(name, names);
  if (nearest !== void 0) return `${what}; did you mean "${nearest}"`;
  if (isPath) return what;
  const hasOutputs = build.properties.listed.some(({ path }) => /^(steps|needs)\./.test(path));
  return hasOutputs ? `${what}; a step needs an id for its outputs to be properties` : `${what}; step outputs are seen only with the input steps: \${{ toJSON(steps) }}`;
}
function explainClash(properties, name) {
  const paths = properties.clashesOf(name);
  if (paths.length === 0) return void 0;
  return `"${name}" is set by ${paths.join(" and ")}; the last one counts. Capture it by its path to choose.`;
}
function explainMiss(miss) {
  return `${nameRule(miss.rule)} was not captured: ${miss.reason}`;
}

function createDataCapture(builder, rules) {
  const applying = dataRules(builder, rules);
  const byName = /* @__PURE__ */ new Map();
  return (record) => {
    let matching = byName.get(record.name);
    if (matching === void 0) {
      matching = applying.filter(({ match }) => matchesName(match, record.name));
      byName.set(record.name, matching);
    }
    return matching.map((rule) => ({ rule, record: moveTags(record, rule.tags) }));
  };
}
function captureOutputs(builder, rules, properties) {
  const captured = [];
  const misses = [];
  const warnings = [];
  const byName = Map.groupBy(dataRules(builder, rules), ({ match }) => "name" in match ? match.name : void 0);
  for (const [name, naming] of byName) {
    const property = name === void 0 ? void 0 : properties.find(name);
    if (name === void 0 || property === void 0 || property.value === "" || property.value === null) continue;
    const clash = explainClash(properties, name);
    if (clash !== void 0) warnings.push(clash);
    const { records, problem } = parseRecords(name, property.value);
    if (problem !== void 0) misses.push(...naming.map((rule) => ({ rule, reason: problem, level: "warn" })));
    captured.push(...records.map((record) => naming.map((rule) => ({ rule, record: toCaptured(record, rule) }))));
  }
  return { captured, misses, warnings };
}
function toCaptured({ json, ...record }, rule) {
  const moved = moveTags(record, rule.tags);
  return rule.callback === void 0 || json === void 0 ? moved : { ...moved, json };
}
function dataRules(builder, rules) {
  return rules.filter((rule) => rule.kind === "data").filter((rule) => appliesTo(rule, builder));
}
function parseRecords(name, value) {
  let json = value;
  if (typeof value === "string") {
    try {
      json = JSON.parse(value);
    } catch (error) {
      const problem = `the value of "${name}" is no JSON object or list of objects: ${error.message}`;
      return { records: [], problem };
    }
  }
  if (!Array.isArray(json) && !isObject(json)) {
    return { records: [], problem: `the value of "${name}" is no JSON object or list of objects` };
  }
  const list = Array.isArray(json) ? json : [json];
  const records = [];
  const wrong = [];
  for (const [index, item] of list.entries()) {
    const fields = toFieldsOrProblem(item);
    if (typeof fields === "string") wrong.push(`record ${index + 1} of "${name}" ${fields}`);
    else records.push({ name, tags: [], fields, json: item });
  }
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more of ${list.length})` : "";
  return { records, problem: wrong[0] === void 0 ? void 0 : `${wrong[0]}${more}` };
}
function toFieldsOrProblem(item) {
  if (!isObject(item)) return "is no JSON object";
  if (isDeep(item)) return `is nested deeper than ${maxDepth$1} levels`;
  try {
    const fields = toFields$1(item);
    return fields.length === 0 ? "has no values" : fields;
  } catch (error) {
    return error.message;
  }
}
const maxDepth = 8;
function toFields$1(record) {
  const fields = /* @__PURE__ */ new Map();
  const add = (prefix, object, depth) => {
    for (const [key, value] of Object.entries(object)) {
      if (isObject(value) && depth < maxDepth) add(`${prefix}${key}_`, value, depth + 1);
      else if (value !== null) fields.set(prefix + key, toScalar(value));
    }
  };
  add("", record, 1);
  return [...fields];
}
function moveTags(record, keys) {
  if (keys.length === 0) return record;
  const moved = record.fields.filter(([key]) => keys.includes(key)).map(([key, value]) => [key, toTag(value)]);
  const fields = record.fields.filter(([key]) => !keys.includes(key));
  return { ...record, tags: [...record.tags, ...moved], fields };
}
function toTag(value) {
  return typeof value === "object" ? String(value.value) : String(value);
}

function toOwnMeasurements({ measurement }) {
  return [measurement, `${measurement}_start`, `${measurement}_step`];
}
function toTags(identity, result, options) {
  const tags = /* @__PURE__ */ new Map([
    ["repository", identity.repository],
    ["workflow", identity.workflow],
    ["job", identity.job],
    ["event", identity.event],
    ["runner_os", identity.runnerOs],
    ["runner_arch", identity.runnerArch],
    ["default_branch", identity.defaultBranch]
  ]);
  if (result !== void 0) tags.set("result", result);
  if (options.matrixTags) {
    for (const [key, value] of Object.entries(identity.matrix)) {
      if (value !== null && typeof value !== "object") tags.set(`matrix_${toKey(key)}`, String(value));
    }
  }
  for (const [key, value] of options.tags) tags.set(cleanKey(key), value);
  for (const [key, value] of tags) {
    const clean = cleanTag(value);
    if (clean === "") tags.delete(key);
    else tags.set(key, clean);
  }
  return tags;
}
function toIdentityFields(identity) {
  const fields = /* @__PURE__ */ new Map();
  const add = (key, value) => {
    if (value !== void 0 && value !== "") fields.set(key, typeof value === "string" ? cleanString(value) : value);
  };
  add("number", identity.number);
  add("attempt", identity.attempt);
  add("run_id", identity.runId);
  add("job_id", identity.jobId);
  add("branch", identity.branch);
  add("sha", identity.sha);
  add("actor", identity.actor);
  add("url", identity.url);
  add("runner_name", identity.runnerName);
  return fields;
}
function without(fields, tags) {
  for (const key of tags.keys()) fields.delete(key);
  return fields;
}
function setNew(fields, key, value) {
  if (!fields.has(key)) fields.set(key, value);
}

const nsPerMs = 1e6;
function toOffsetNs(build) {
  return hash(JSON.stringify([`${build.runId}`, `${build.attempt}`, build.job, build.matrix, `${build.jobId}`])) % nsPerMs;
}
function hash(text) {
  let h = 2166136261;
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 16777619);
  h = Math.imul(h ^ h >>> 16, 2246822507);
  h = Math.imul(h ^ h >>> 13, 3266489909);
  return (h ^ h >>> 16) >>> 0;
}
function toTimeNs(ms, offsetNs, index) {
  return BigInt(Math.round(ms)) * BigInt(nsPerMs) + BigInt(offsetNs + index);
}

function toBuildbotPoints(build, captures) {
  const placed = [];
  const points = captures.captured.map((captured, index) => {
    const { name, fields } = toFields(captured);
    const measurement = cleanMeasurement(`${build.builder}-${name}`);
    placed.push({ captured, key: measurement, kind: "field" });
    return toPoint(build, measurement, fields, index);
  });
  return { points, placed };
}
function createBuildbotDataLayout(build) {
  return {
    renamed: /* @__PURE__ */ new Set(),
    toPoints: (captured, index) => captured.map(({ record }, offset) => {
      const fields = record.fields.map(([key, value]) => [toFieldKey(key), value]);
      const measurement = cleanMeasurement(`${build.builder}-${record.name}`);
      const point = toPoint(build, measurement, fields, index + offset);
      const own = new Map(record.tags.map(([key, value]) => [cleanKey(key), cleanTag(value)]));
      for (const [key, value] of point.tags) own.set(key, value);
      const names = new Set(point.fields.map(([name]) => name));
      const tags = [...own].filter(([key, value]) => value !== "" && !names.has(key));
      return { ...point, tags, timeNs: record.timeNs ?? point.timeNs };
    })
  };
}
function toFields(captured) {
  if ("property" in captured) {
    const { name, value } = captured;
    return {
      name,
      fields: [
        ["name", name],
        ["value", value]
      ]
    };
  }
  const { rule } = captured;
  return { name: "build-times", fields: [[rule.kind, captured.value]] };
}
function toPoint(build, measurement, fields, index) {
  const unique = new Map(fields.map(([key, value]) => [key, typeof value === "string" ? cleanString(value) : value]));
  return {
    measurement,
    tags: [
      ["builder_name", cleanTag(build.builder)],
      ["build_number", `${build.number ?? ""}`]
    ].filter((tag) => tag[1] !== ""),
    fields: [...unique],
    timeNs: toTimeNs(build.endMs, toOffsetNs(build), index)
  };
}
function toFieldKey(key) {
  const clean = cleanKey(key);
  return clean === "builder_name" || clean === "build_number" ? `${clean}_` : clean;
}

function toStartPoint(identity, startMs, options) {
  const tags = toTags(identity, void 0, options);
  const fields = without(toIdentityFields(identity), tags);
  return {
    measurement: cleanName(`${options.measurement}_start`),
    tags: [...tags],
    fields: [...fields],
    timeNs: toTimeNs(startMs, toOffsetNs(identity), 0)
  };
}
function toBuildPoint(build, captures, options) {
  const tags = toTags(build, build.result, options);
  const identity = toIdentityFields(build);
  if (build.queueTime !== void 0) identity.set("queue_time", build.queueTime);
  if (build.jobName !== void 0) identity.set("job_name", cleanString(build.jobName));
  const fields = without(identity, tags);
  const placed = [];
  const misses = [];
  for (const captured of captures.captured) {
    const { kind, key, value } = toColumn(captured);
    const tag = cleanTag(String(value));
    const taken = key === "time" ? "InfluxDB keeps it for itself" : explainTaken(key, tags, fields);
    if (kind === "tag" && tag === "") {
      misses.push({ rule: captured.rule, reason: `nothing of ${JSON.stringify(value)} can be a tag`, level: "warn" });
    } else if (taken === void 0) {
      if (kind === "tag") tags.set(key, tag);
      else fields.set(key, typeof value === "string" ? cleanString(value) : value);
      placed.push({ captured, key, kind });
    } else if (!isQuiet(captured)) {
      const remedy = `choose another with "${kind}"`;
      misses.push({ rule: captured.rule, reason: `the name ${key} is taken: ${taken}; ${remedy}`, level: "warn" });
    }
  }
  const timeNs = toTimeNs(build.endMs, toOffsetNs(build), 0);
  return {
    point: { measurement: cleanName(options.measurement), tags: [...tags], fields: [...fields], timeNs },
    placed,
    misses
  };
}
function isQuiet({ rule }) {
  return rule.kind === "property" && "regex" in rule.match && rule.field === void 0 && rule.tag === void 0;
}
function toColumn(captured) {
  if ("timeMs" in captured) {
    const { rule: rule2 } = captured;
    const key = rule2.field ?? (rule2.kind === "start-time" ? "start_time" : "end_time");
    return { kind: "field", key: cleanName(key), value: captured.value };
  }
  if ("name" in captured) {
    const { rule: rule2, name, value: value2 } = captured;
    if (rule2.tag !== void 0) return { kind: "tag", key: cleanName(rule2.tag), value: value2 };
    return { kind: "field", key: rule2.field === void 0 ? toKey(name) : cleanName(rule2.field), value: value2 };
  }
  const { rule, value } = captured;
  const suffix = rule.reportIn === "seconds" ? "" : `_${rule.reportIn}`;
  return { kind: "field", key: rule.field === void 0 ? `duration${suffix}` : cleanName(rule.field), value };
}
function explainTaken(key, tags, fields) {
  if (tags.has(key)) return "a tag has it";
  if (fields.has(key)) return "a field has it";
  return void 0;
}

function createDataLayout(build, options) {
  const offsetNs = toOffsetNs(build);
  const buildTags = [...toTags(build, build.result, options)];
  const identityFields = without(toIdentityFields(build), toTags(build, build.result, options));
  const identity = [...identityFields].filter(([key]) => ["number", "attempt", "run_id"].includes(key));
  const reserved = new Set(toOwnMeasurements(options).map((name) => cleanName(name)));
  const renamed = /* @__PURE__ */ new Set();
  function toMeasurement({ rule, record }) {
    const name = cleanName(rule.measurement ?? record.name);
    if (!reserved.has(name)) return name;
    renamed.add(name);
    return `data_${name}`;
  }
  function toPoint(measurement, record, index) {
    const own = /* @__PURE__ */ new Map();
    for (const [key, value] of record.tags) {
      const clean = cleanTag(value);
      if (clean !== "") own.set(cleanKey(key), clean);
    }
    const fields = /* @__PURE__ */ new Map();
    for (const [key, value] of record.fields) {
      const name = cleanKey(key);
      if (!own.has(name)) fields.set(name, typeof value === "string" ? cleanString(value) : value);
    }
    const tags = buildTags.filter(([key]) => !own.has(key) && !fields.has(key));
    for (const [key, value] of identity) if (!own.has(key)) setNew(fields, key, value);
    tags.push(...own);
    return { measurement, tags, fields: [...fields], timeNs: record.timeNs ?? toTimeNs(build.endMs, offsetNs, index) };
  }
  return {
    renamed,
    toPoints(captured, index) {
      const points = /* @__PURE__ */ new Map();
      for (const one of captured) {
        const measurement = toMeasurement(one);
        if (!points.has(measurement)) points.set(measurement, toPoint(measurement, one.record, index + points.size));
      }
      return [...points.values()];
    }
  };
}

function toStepPoints(build, steps, options) {
  if (steps.length === 0) return [];
  const offsetNs = toOffsetNs(build);
  const buildTags = toTags(build, build.result, options);
  const identity = without(toIdentityFields(build), buildTags);
  return steps.map((step) => {
    const tags = new Map(buildTags);
    for (const [key, value] of [
      ["step", step.name],
      ["conclusion", step.conclusion]
    ]) {
      const clean = cleanTag(value);
      if (clean === "") tags.delete(key);
      else tags.set(key, clean);
    }
    const fields = /* @__PURE__ */ new Map([
      ["duration", Math.max(0, step.endMs - step.startMs) / 1e3],
      ["number", BigInt(step.number)]
    ]);
    for (const key of fields.keys()) tags.delete(key);
    for (const [key, name] of [
      ["number", "build_number"],
      ["attempt", "attempt"],
      ["run_id", "run_id"]
    ]) {
      const value = identity.get(key);
      if (value !== void 0 && !tags.has(name)) setNew(fields, name, value);
    }
    return {
      measurement: cleanName(`${options.measurement}_step`),
      tags: [...tags],
      fields: [...fields],
      timeNs: toTimeNs(step.endMs, offsetNs, step.number)
    };
  });
}

const layoutKinds = ["native", "buildbot"];
function layOutBuild(build, captures, layout) {
  switch (layout.kind) {
    case "native": {
      const { point, placed, misses } = toBuildPoint(build, captures, layout.options);
      return { points: [point, ...toStepPoints(build, captures.steps, layout.options)], placed, misses };
    }
    case "buildbot":
      return { ...toBuildbotPoints(build, captures), misses: [] };
  }
}
function openDataLayout(build, layout) {
  switch (layout.kind) {
    case "native":
      return createDataLayout(build, layout.options);
    case "buildbot":
      return createBuildbotDataLayout(build);
  }
}

function parseLayoutKind(name, place, problems) {
  const kind = layoutKinds.find((known) => known === name);
  if (kind === void 0) {
    const text = `${JSON.stringify(name)} is unknown; ${suggest(name, layoutKinds, "layouts")}`;
    problems.push({ ...place, text });
  }
  return kind;
}
function toLayout(kind, options) {
  return kind === "buildbot" ? { kind } : { kind: "native", options };
}
function parseMeasurement(text, place, problems) {
  if (/^[_#]|[\r\n]|\\$/.test(text)) {
    const rule = "it must be one line that neither starts with _ or # nor ends in a backslash";
    problems.push({ ...place, text: `${JSON.stringify(text)} is no measurement: ${rule}` });
  }
  return text === "" ? "build" : text;
}
function parseTags(map, placeOf, problems) {
  return Object.entries(map).flatMap(([key, value]) => {
    const problem = (wrong) => problems.push({ ...placeOf(key), text: wrong });
    if (cleanName(key) === "time") problem(`"time" is InfluxDB's own name; choose another`);
    if (key === "") problem("a tag needs a name");
    if (value === null || value === "") return [];
    if (typeof value !== "object") return [[key, String(value)]];
    problem(`"${key}" must be text, a number or a boolean, but is ${JSON.stringify(value)}`);
    return [];
  });
}

class ProxyAgent {}
    const fetch$1 = () => { throw new Error('undici is not bundled: requests go through src/http') };

exports.EndOfWriting = EndOfWriting;
exports.LineProtocolParser = LineProtocolParser;
exports.ProxyAgent = ProxyAgent;
exports.SettingsError = SettingsError;
exports.ValueError = ValueError;
exports.appliesTo = appliesTo;
exports.captureBuild = captureBuild;
exports.captureOutputs = captureOutputs;
exports.cleanKey = cleanKey;
exports.cleanName = cleanName;
exports.cleanString = cleanString;
exports.cleanTag = cleanTag;
exports.cleanText = cleanText;
exports.compileRegex = compileRegex;
exports.createDataCapture = createDataCapture;
exports.cutDeep = cutDeep;
exports.defaultRules = defaultRules;
exports.explainCause = explainCause;
exports.explainCut = explainCut;
exports.explainEnd = explainEnd;
exports.explainMiss = explainMiss;
exports.fetch = fetch$1;
exports.formatDuration = formatDuration;
exports.formatProblem = formatProblem;
exports.isDeep = isDeep;
exports.isObject = isObject;
exports.layOutBuild = layOutBuild;
exports.layoutKinds = layoutKinds;
exports.maxDepth = maxDepth$1;
exports.missingLevels = missingLevels;
exports.nameCause = nameCause;
exports.nameRule = nameRule;
exports.nameStorage = nameStorage;
exports.openDataLayout = openDataLayout;
exports.openStorage = openStorage;
exports.parseContexts = parseContexts;
exports.parseLayoutKind = parseLayoutKind;
exports.parseMap = parseMap;
exports.parseMeasurement = parseMeasurement;
exports.parseProperties = parseProperties;
exports.parseTags = parseTags;
exports.parseYaml = parseYaml;
exports.randomUUID = randomUUID;
exports.readSecrets = readSecrets;
exports.runPhase = runPhase;
exports.setSecret = setSecret;
exports.suggest = suggest;
exports.toAuthorization = toAuthorization;
exports.toBuilder = toBuilder;
exports.toDuration = toDuration;
exports.toFieldValue = toFieldValue;
exports.toFields = toFields$1;
exports.toLayout = toLayout;
exports.toLine = toLine;
exports.toOffsetNs = toOffsetNs;
exports.toOwnMeasurements = toOwnMeasurements;
exports.toStartPoint = toStartPoint;
exports.units = units;
exports.valueTypes = valueTypes;
exports.writeTo = writeTo;
