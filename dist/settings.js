'use strict';

const limits = require('./limits.js');
const node_fs = require('node:fs');
const node_path = require('node:path');
const shared = require('./shared.js');
const node_os = require('node:os');

function openRegular(path, links = "followed", mode = "read") {
  const { O_RDONLY, O_RDWR, O_APPEND, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = node_fs.constants;
  const access = mode === "read" ? O_RDONLY : O_RDWR | O_APPEND;
  const file = node_fs.openSync(path, access | O_NONBLOCK | O_NOCTTY | (links === "never" ? O_NOFOLLOW : 0));
  const stats = node_fs.fstatSync(file);
  if (stats.isFile() && (links === "followed" || stats.nlink <= 1)) return { file, size: stats.size };
  node_fs.closeSync(file);
  return void 0;
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

function makeFolder(path, mode = 511) {
  if (isFolder(path)) return;
  const parent = node_path.dirname(path);
  if (parent !== path && node_fs.statSync(parent, { throwIfNoEntry: false }) === void 0) makeFolder(parent, mode);
  try {
    node_fs.mkdirSync(path, mode);
  } catch (error) {
    if (isFolder(path)) return;
    if (error.code !== "EEXIST") throw error;
    throw Object.assign(new Error(`ENOTDIR: not a directory, '${path}'`), { code: "ENOTDIR" });
  }
}
function isFolder(path) {
  return node_fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
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
          if (node_fs.statSync(path, { throwIfNoEntry: false })?.isFIFO())
            throw new Error(`${path} is a pipe, which may have no reader`);
          appendWhole(path, endLastLine(path) + lines.map((line) => `${line}
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
function appendWhole(path, text) {
  const file = node_fs.openSync(path, "a");
  const stats = node_fs.fstatSync(file);
  try {
    node_fs.appendFileSync(file, text);
  } catch (error) {
    if (stats.isFile() && node_fs.fstatSync(file).size > stats.size) node_fs.ftruncateSync(file, stats.size);
    throw error;
  } finally {
    node_fs.closeSync(file);
  }
}
function endLastLine(path) {
  if (!node_fs.statSync(path, { throwIfNoEntry: false })?.isFile()) return "";
  const file = node_fs.openSync(path, "r");
  try {
    const { size } = node_fs.fstatSync(file);
    const last = Buffer.alloc(1);
    return size > 0 && node_fs.readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 10 ? "\n" : "";
  } finally {
    node_fs.closeSync(file);
  }
}

const down = 503;
function openPatience(http, writing) {
  const { signal, patienceMs } = writing;
  if (patienceMs === void 0) return { http, signal, remainingMs: writing.remainingMs, close() {
  } };
  const own = new AbortController();
  let endMs = Number.POSITIVE_INFINITY;
  let timer;
  let isThere = false;
  let answering = 0;
  const isLate = () => performance.now() >= endMs;
  const look = () => setImmediate(() => setImmediate(giveUp));
  function giveUp() {
    if (isThere || answering > 0) return;
    own.abort(new EndOfWriting(`${(patienceMs ?? 0) / 1e3} s had passed, after which a server counts as down`));
  }
  function stay() {
    isThere = true;
    clearTimeout(timer);
  }
  return {
    http: {
      async request(request) {
        if (timer === void 0) {
          endMs = performance.now() + patienceMs;
          timer = setTimeout(look, patienceMs).unref();
        }
        let hasBegun = false;
        const onByte = () => {
          if (!hasBegun) answering++;
          hasBegun = true;
        };
        let status;
        try {
          const response = await http.request({ ...request, onByte });
          status = response.status;
          return response;
        } finally {
          if (hasBegun) answering--;
          if ((hasBegun || status !== void 0) && status !== down) stay();
          else if (isLate()) giveUp();
        }
      },
      close: () => http.close()
    },
    signal: AbortSignal.any([signal, own.signal]),
    remainingMs: () => Math.max(0, Math.min(writing.remainingMs(), isThere ? Number.POSITIVE_INFINITY : endMs - performance.now())),
    close: () => clearTimeout(timer)
  };
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

const maxBytes = 5e6;
const maxLines = 5e3;
function createRequests(unsigned) {
  let unsayable = 0;
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
      for (const point of batch) {
        const line = toLineOrNone(point, unsigned);
        if (line === void 0) {
          unsayable++;
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
    get unsayable() {
      return unsayable;
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

function openFlattening(sent, unsigned) {
  let isOn = false;
  return {
    /** Whether the server has taken lines without them: further requests go without them from the start. */
    get isOn() {
      return isOn;
    },
    /** A request without them; undefined where it has none. */
    async flatten(request, state) {
      const { flattenLine } = await Promise.resolve().then(() => require('./go-quote.js')).then(n => n.record);
      const lines = toLines(request);
      const flat = lines.map((line) => flattenLine(line, unsigned));
      const count = flat.filter((line, index) => line !== lines[index]).length;
      if (count === 0) return void 0;
      state.flattened += count;
      return toRequest(flat);
    },
    count(state) {
      if (state.flattened > 0) isOn = true;
      sent.flattened += state.flattened;
      state.flattened = 0;
    }
  };
}

const maxLostLines = 20;
const maxShownLines = 3;
const maxShownLength = 200;
function createSent() {
  return {
    ...{ written: 0, unsent: 0, lost: 0, refused: 0, flattened: 0 },
    ...{ problems: /* @__PURE__ */ new Set(), conflicts: [], refusedLines: [], emptiedLines: [] }
  };
}
function addRefused(sent, lines) {
  sent.lost += lines.length;
  sent.refused += lines.length;
  sent.refusedLines.push(...lines.slice(0, maxLostLines - sent.refusedLines.length));
}
function addEmptied(sent, lines) {
  sent.lost += lines.length;
  sent.emptiedLines.push(...lines.slice(0, maxLostLines - sent.emptiedLines.length));
}
function listLostLines({ refusedLines, emptiedLines }) {
  return [...refusedLines, ...emptiedLines].slice(0, maxLostLines);
}
function explainRefused({ refused, refusedLines }) {
  if (refused === 0) return void 0;
  const byReason = [...Map.groupBy(refusedLines, ({ reason }) => reason).values()].flatMap(([first]) => first ?? []);
  const shown = byReason.slice(0, maxShownLines);
  const lines = shown.map((one) => `${showLine(one)}: ${one.reason}`);
  const more = refused > shown.length ? [`and ${refused - shown.length} more`] : [];
  const what = refused === 1 ? "a point that the server does not take is" : `${refused} points that the server does not take are`;
  return `${what} not kept: ${[...lines, ...more].join("; ")}`;
}
function showLine({ line }) {
  return JSON.stringify(shared.cutText(line, maxShownLength));
}
function listChanges({ flattened }) {
  if (flattened === 0) return [];
  const of = flattened === 1 ? "a point" : `${flattened} points`;
  return [`the line breaks in the text of ${of} were sent as spaces, as this server does not take them`];
}

const maxSuspects = 3;
function openNarrowing(sent, attempt, probe, stop) {
  let refused = [];
  let suspects = [];
  let size = 0;
  let known;
  function clearSuspects() {
    addRefused(
      sent,
      suspects.map(({ lines: [line = ""], failure }) => ({ line, reason: failure.words }))
    );
    suspects = [];
  }
  async function isServerWell() {
    if (known !== void 0 && await probe(known)) {
      clearSuspects();
      return true;
    }
    return false;
  }
  function takeNext() {
    const order = known === void 0 ? -1 : 1;
    let next;
    for (const one of refused) {
      if (next === void 0 || order * (one.lines.length - next.lines.length) > 0) next = one;
    }
    refused = refused.filter((one) => one !== next);
    return next;
  }
  async function split({ lines, failure }) {
    const middle = Math.floor(lines.length / 2);
    const [first, second] = [lines.slice(0, middle), lines.slice(middle)];
    const isFirstTaken = await attempt(first);
    if (isFirstTaken && second.length > 1) {
      refused.push({ lines: second, failure });
      return;
    }
    await attempt(second);
    if (isFirstTaken) clearSuspects();
  }
  return {
    add(lines, failure) {
      if (lines.length === 0) return;
      if (lines.length === 1) suspects.push({ lines, failure });
      else refused.push({ lines, failure });
      size += lines.reduce((sum, line) => sum + line.length, 0);
    },
    taken(line) {
      known = line;
      clearSuspects();
    },
    get size() {
      return size;
    },
    async run() {
      size = 0;
      for (; ; ) {
        const isDoubtful = suspects.length >= maxSuspects || refused.length === 0 && suspects.length > 0;
        if (isDoubtful && !await isServerWell()) {
          return stop(suspects[0]?.failure.text ?? "", suspects.length >= maxSuspects);
        }
        const next = takeNext();
        if (next === void 0) return;
        await split(next);
      }
    },
    takeLeft() {
      const left = [...refused, ...suspects].map(({ lines }) => lines);
      refused = [];
      suspects = [];
      return left;
    }
  };
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

const shortestWaitMs = 20;
function createTry(api, target, writing) {
  return async (text) => {
    let last;
    for (let attempt = 1; ; attempt++) {
      try {
        api.writeRecord(text);
        await api.flush();
        return void 0;
      } catch (error) {
        const { explainFailure } = await Promise.resolve().then(() => require('./failure.js')).then(n => n.failure);
        if (writing.signal.aborted) return await explainLate$1(last, attempt, writing.signal);
        const failure = explainFailure(error, target);
        if (failure.fate !== "again") return failure;
        last = failure;
        const left = writing.remainingMs();
        if (failure.retryAfterMs > 0 && failure.retryAfterMs >= left) {
          const asked = `the server wants ${formatQuiet(failure.retryAfterMs)} of quiet, more than is left for it`;
          return { ...failure, text: `${failure.text}; ${asked}`, fate: "final" };
        }
        const delayMs = Math.min(toDelayMs(attempt, failure.retryAfterMs), Math.max(failure.retryAfterMs, left / 2));
        await wait(Math.max(delayMs, shortestWaitMs), writing.signal);
        if (writing.signal.aborted) return await explainLate$1(last, attempt, writing.signal);
      }
    }
  };
}
async function explainLate$1(last, attempts, signal) {
  const { explainNoAnswer } = await Promise.resolve().then(() => require('./failure.js')).then(n => n.failure);
  const end = `before ${explainEnd(signal)}`;
  const tries = attempts === 1 ? "once" : `${attempts} times`;
  return explainNoAnswer(last === void 0 ? `no answer ${end}` : `${last.text}; tried ${tries} ${end}`);
}
const dayMs = 864e5;
function formatQuiet(ms) {
  return ms > dayMs ? "more than a day" : `${Math.ceil(ms / 1e3)} s`;
}

const maxAside = 16e6;
function createSender(api, target, writing, server = { losesLineBreaks: false }) {
  Jt({ error() {
  }, warn() {
  } });
  const sent = createSent();
  const unsigned = target.api === "v1" ? "i" : "u";
  const tryLong = createTry(api, target, writing);
  const narrowing = openNarrowing(sent, (lines) => attempt(toRequest(lines)), probe, stop);
  let isOver = false;
  const flattening = openFlattening(sent, unsigned);
  function keep(lines) {
    sent.unsent += lines.length;
    writing.unsent(lines);
  }
  function stop(problem, isDown = true) {
    isOver ||= isDown;
    sent.problems.add(problem);
  }
  function canSend() {
    if (!isOver && writing.signal.aborted) stop(`not all was written before ${explainEnd(writing.signal)}`);
    return !isOver;
  }
  async function probe(line) {
    return canSend() && await tryLong(line) === void 0;
  }
  async function attempt(given) {
    const state = { converted: /* @__PURE__ */ new Set(), isAskedAgain: false, isWhole: true, flattened: 0 };
    let request = flattening.isOn ? await flattening.flatten(given, state) ?? given : given;
    while (request !== void 0 && request.starts.length > 0) {
      if (!canSend()) {
        keep(toLines(request));
        return false;
      }
      const failure = await tryLong(request.text);
      if (failure === void 0) {
        const flat = server.losesLineBreaks ? await flattening.flatten(request, state) : void 0;
        if (flat !== void 0) {
          request = flat;
          continue;
        }
        sent.written += request.starts.length;
        narrowing.taken(request.text.slice(0, (request.starts[1] ?? request.text.length + 1) - 1));
        flattening.count(state);
        return state.isWhole;
      }
      request = await resolve(request, failure, state);
    }
    return false;
  }
  async function resolve(request, failure, state) {
    const { fate, answer, text } = failure;
    const lines = toLines(request);
    switch (fate) {
      case "conflict":
      case "old":
      case "lines":
        return await resolveRefused(request, lines, failure, state);
      case "smaller": {
        if (lines.length === 1) break;
        const middle = Math.ceil(lines.length / 2);
        await attempt(toRequest(lines.slice(0, middle)));
        await attempt(toRequest(lines.slice(middle)));
        return void 0;
      }
      case "full": {
        sent.problems.add(text);
        const missing = Math.min(answer.dropped ?? lines.length, lines.length);
        sent.written += lines.length - missing;
        sent.unsent += missing;
        writing.unsent(lines);
        return void 0;
      }
      case "final":
        isOver = true;
    }
    sent.problems.add(text);
    keep(lines);
    return void 0;
  }
  async function resolveRefused(request, lines, failure, state) {
    const { mendLines } = await Promise.resolve().then(() => require('./conflict.js'));
    const { findRefused, isAboutLineBreaks, isUnnamedConflict } = await Promise.resolve().then(() => require('./refusals.js'));
    const { answer, fate, words, hint } = failure;
    if (fate === "conflict" && !state.isAskedAgain && isUnnamedConflict(answer.text)) {
      state.isAskedAgain = true;
      return request;
    }
    const mended = mendLines(lines, answer, unsigned, state.converted);
    if (mended !== void 0) {
      sent.conflicts.push(...mended.conflicts);
      addEmptied(sent, mended.emptied);
      return toRequest(mended.lines);
    }
    const flat = isAboutLineBreaks(answer.text) ? await flattening.flatten(request, state) : void 0;
    if (flat !== void 0) return flat;
    const named = findRefused(lines, failure);
    if (named.length > 0) {
      state.isWhole = false;
      const left = new Set(named.map(({ index }) => index));
      const toLost = ({ index, reason }) => ({
        line: lines[index] ?? "",
        reason: [reason || words, hint].filter(Boolean).join(", ")
      });
      const isCut = ({ reason }) => reason === "" && lines.length > 1;
      addRefused(sent, named.filter((one) => !isCut(one)).map(toLost));
      for (const { index } of named.filter(isCut)) await attempt(toRequest([lines[index] ?? ""]));
      return toRequest(lines.filter((_, index) => !left.has(index)));
    }
    if (answer.dropped === 0) {
      sent.problems.add(failure.text);
      sent.written += lines.length;
      flattening.count(state);
      return void 0;
    }
    const alone = lines.length === 1 ? await flattening.flatten(request, state) : void 0;
    if (alone !== void 0) return alone;
    flattening.count(state);
    narrowing.add(lines, failure);
    return void 0;
  }
  return {
    sent,
    get isOver() {
      return isOver;
    },
    async send(request) {
      await attempt(request);
      if (narrowing.size > maxAside) await narrowing.run();
    },
    async end() {
      await narrowing.run();
      for (const lines of narrowing.takeLeft()) keep(lines);
    }
  };
}

const maxAnswerBytes = 65536;
const gzipFrom = 1e3;
function createTransport(target, http, signal, server = { losesLineBreaks: false }) {
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
      maxBodyBytes: maxAnswerBytes,
      isCut: true,
      signal
    });
    const { status, statusText, headers: answered } = response;
    if (answered["x-server-hostname"] !== void 0) server.losesLineBreaks = true;
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

const maxAhead = 32e6;
function openInfluxDB(target, http) {
  return {
    name: nameTarget(target),
    async write(batches, given) {
      const patience = openPatience(http, given);
      const { signal, remainingMs } = patience;
      const writing = { ...given, signal, remainingMs };
      const server = { losesLineBreaks: false };
      const sender = createSender(openWriteApi(target, patience.http, signal, server), target, writing, server);
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
      await sender.end();
      patience.close();
      const { written, unsent, lost, problems, conflicts } = sender.sent;
      const refused = explainRefused(sender.sent);
      const lostLines = listLostLines(sender.sent);
      const changes = listChanges(sender.sent);
      if (refused !== void 0) problems.add(refused);
      const { unsayable } = requests;
      if (unsayable > 0) problems.add(`line protocol cannot say ${unsayable} of the points`);
      return {
        written,
        unsent,
        lost: lost + unsayable,
        gaveUp,
        ...sender.isOver ? { isDown: true } : {},
        problems: [...problems],
        conflicts,
        ...lostLines.length > 0 ? { lostLines } : {},
        ...changes.length > 0 ? { changes } : {}
      };
    }
  };
}
function nameTarget(target) {
  const place = target.api === "v2" ? `bucket ${target.bucket}` : `database ${target.database}`;
  return `${target.givenUrl ?? target.url} (${target.api}, ${place})`;
}
function openWriteApi(target, http, signal, server) {
  const transport = createTransport(target, http, signal, server);
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

function openWithheld(name, why) {
  return {
    name,
    async write(batches, writing) {
      let unsent = 0;
      let lost = 0;
      let gaveUp = false;
      for await (const batch of batches) {
        gaveUp = writing.readSignal.aborted;
        if (gaveUp) break;
        const lines = batch.map((point) => toLineOrNone(point)).filter((line) => line !== void 0);
        unsent += lines.length;
        lost += batch.length - lines.length;
        writing.unsent(lines);
      }
      return { written: 0, unsent, lost, gaveUp, isDown: true, problems: [why] };
    }
  };
}

function nameStorage(target) {
  return target.kind === "influxdb" ? nameTarget(target) : `file ${target.name}`;
}
function openStorage({ name, target, withheld }, settings, outside) {
  const isWithheld = withheld !== void 0 && !settings.dryRun;
  const bare = isWithheld ? openWithheld(nameStorage(target), withheld) : openBare(target, settings, outside);
  const storage = openRedacted(bare, outside.runner.log.redact);
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

function toCallbackMs(timeoutMs) {
  return timeoutMs * limits.callbackPart;
}
function toReserveMs(timeoutMs) {
  return Math.min(limits.maxKeepMs, timeoutMs * limits.keepPart);
}
function openDeadlines(timeoutMs, reserveMs, cancel, why = "its time was over (input timeout)") {
  const write = new AbortController();
  const read = new AbortController();
  const keep = new AbortController();
  let endMs = 0;
  let timers = [];
  function set(writeMs, thenReadMs, thenKeepMs, reason) {
    for (const timer of timers) clearTimeout(timer);
    endMs = performance.now() + writeMs;
    timers = [
      setTimeout(() => write.abort(new EndOfWriting(reason)), writeMs),
      setTimeout(() => read.abort(), writeMs + thenReadMs),
      setTimeout(() => keep.abort(), writeMs + thenReadMs + thenKeepMs)
    ];
  }
  const half = reserveMs / 2;
  set(timeoutMs - reserveMs, Math.max(limits.readAfterWritingMs, half), Math.max(limits.keepAfterReadingMs, half), why);
  const onCancel = () => {
    const leftMs = Math.max(0, Math.min(limits.cancelledWriteMs, endMs - performance.now()));
    if (!write.signal.aborted) set(leftMs, limits.readAfterWritingMs, limits.cancelledKeepMs, "the job was cancelled");
  };
  if (cancel.aborted) onCancel();
  else cancel.addEventListener("abort", onCancel, { once: true });
  return {
    signal: write.signal,
    readSignal: read.signal,
    keepSignal: keep.signal,
    remainingMs: () => Math.max(0, endMs - performance.now())
  };
}

function toDestination(target, redact) {
  if (target.kind === "file") return { kind: "file", path: redact(target.path) };
  const { kind } = target;
  const url = redact(target.url);
  switch (target.api) {
    case "v1": {
      const { retentionPolicy: policy } = target;
      const place = { kind, url, api: target.api, database: redact(target.database) };
      return policy === void 0 ? place : { ...place, policy: redact(policy) };
    }
    case "v2": {
      const place = { kind, url, api: target.api, bucket: redact(target.bucket) };
      return target.org === void 0 ? place : { ...place, org: redact(target.org) };
    }
    case "v3":
      return { kind, url, api: target.api, database: redact(target.database) };
  }
}
const texts = ["kind", "url", "api", "database", "policy", "bucket", "org", "path"];
function toKey(destination) {
  return JSON.stringify(texts.map((name) => destination[name] ?? null));
}
function toKeyWithoutUrl(destination) {
  return toKey(destination.kind === "file" ? destination : { ...destination, url: "" });
}
function nameDestination(destination) {
  if (destination.kind === "file") return `file ${destination.path}`;
  const { url, api } = destination;
  switch (destination.api) {
    case "v1": {
      const { database, policy } = destination;
      return `${url} (${api}, database ${database}${policy === void 0 ? "" : `, retention policy ${policy}`})`;
    }
    case "v2": {
      const { bucket, org } = destination;
      return `${url} (${api}, ${org === void 0 ? "" : `org ${org}, `}bucket ${bucket})`;
    }
    case "v3":
      return `${url} (${api}, database ${destination.database})`;
  }
}
function parseDestination(value) {
  if (typeof value !== "object" || value === null) return void 0;
  const given = value;
  const isText = (name) => typeof given[name] === "string";
  const isTextOrNone = (name) => given[name] === void 0 || isText(name);
  const isDestination = given.kind === "file" ? isText("path") : given.kind === "influxdb" && isText("url") && (given.api === "v1" && isText("database") && isTextOrNone("policy") || given.api === "v2" && isText("bucket") && isTextOrNone("org") || given.api === "v3" && isText("database"));
  return isDestination ? value : void 0;
}

const stepsVariable = "BUILD_STATS_STEPS";
const summaryMark = "summary";
function readMarks(env) {
  return (env[stepsVariable] ?? "").split(",").filter((mark) => mark !== "");
}
function toMarks({ storages, summary, dryRun }, builder, read) {
  if (dryRun) return [];
  const places = storages.map((storage) => toMark(storage, builder));
  return [...places.length === 0 ? [toConfigMark(read)] : places, ...summary === false ? [] : [summaryMark]];
}
function leaveToEarlier(settings, earlier, builder, read) {
  if (earlier.length === 0 || settings.dryRun) return { settings, repeated: [] };
  const isOfConfig = read("config") !== "" && earlier.includes(toConfigMark(read));
  const [repeated, storages] = [[], []];
  for (const storage of settings.storages) {
    const isThere = isOfConfig || earlier.includes(toMark(storage, builder));
    (isThere ? repeated : storages).push(storage);
  }
  const summary = earlier.includes(summaryMark) ? false : settings.summary;
  return { settings: { ...settings, storages, summary }, repeated };
}
function explainRepeated(repeated) {
  const names = repeated.map(({ name, target }) => name ?? nameStorage(target)).join(", ");
  return `An earlier Build Stats step of this job writes to ${names} in the same layout and measurement: this step writes nothing there.`;
}
function toMark({ target, layout, builder }, ofBuild) {
  const measurement = layout.kind === "native" ? layout.options.measurement : builder ?? ofBuild;
  return hash$1([toKey(toDestination(target, (text) => text)), layout.kind, measurement]);
}
function toConfigMark(read) {
  return hash$1(["config", ...["config", "layout", "measurement", "builder"].map(read)]);
}
function hash$1(parts) {
  let h = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify(parts))) {
    h = BigInt.asUintN(64, (h ^ BigInt(byte)) * 0x100000001b3n);
  }
  return h.toString(16).padStart(16, "0");
}

function toKnown({ name, target, layout }, redact) {
  return {
    ...name === void 0 ? {} : { name: redact(name) },
    destination: toDestination(target, redact),
    isOpen: target.kind === "file" || target.api === "v1" && target.login === void 0,
    layout: layout.kind,
    measurement: layout.kind === "native" ? layout.options.measurement : ""
  };
}
function toStorageKey({ target }, index, redact) {
  return `${index} ${toKey(toDestination(target, redact))}`;
}
function reconcileStorages(storages, known, fallbackPath, redact) {
  const keyOf = ({ target }) => toKey(toDestination(target, redact));
  const knownKeys = new Set(known.map(({ destination }) => toKey(destination)));
  const isStandIn = (one) => one.target.kind === "file" && one.target.path === fallbackPath && !knownKeys.has(keyOf(one));
  const hasStandIn = storages.some(isStandIn);
  const missing = known.filter(
    ({ destination }) => (destination.kind === "influxdb" || hasStandIn) && !storages.some((one) => keyOf(one) === toKey(destination))
  );
  const isAllowed = (one) => knownKeys.has(keyOf(one)) || one.target.kind === "file" && !(missing.length > 0 && isStandIn(one));
  const unknown = storages.filter((one) => !isAllowed(one));
  const warnings = [
    ...unknown.filter(({ target }) => target.kind === "influxdb").map(
      (one) => `${nameDestination(toDestination(one.target, redact))} was not among the storages when the job began: nothing is sent there, so that no step can lead credentials elsewhere. Give the same inputs from the beginning of the job.`
    ),
    ...missing.map(({ destination, isOpen }) => {
      const fate = isOpen ? "its points go there all the same" : "its points are kept, since its credentials are missing, too";
      return `${nameDestination(destination)} was among the storages when the job began, and the inputs do not name it any more: ${fate}.`;
    }),
    ...storages.flatMap(
      (one) => explainLayout(
        one,
        known.filter(({ destination }) => toKey(destination) === keyOf(one)),
        redact
      )
    )
  ];
  const added = missing.map((one) => toSettings(one, storages[known.indexOf(one)] ?? storages[0]));
  return { storages: [...storages.filter(isAllowed), ...added], warnings };
}
function explainLayout(one, known, redact) {
  const [first] = known;
  const { layout, measurement } = toKnown(one, redact);
  if (first === void 0 || known.some((other) => other.layout === layout && other.measurement === measurement))
    return [];
  const describe = (kind, name) => name === "" ? kind : `${kind}, measurement ${name}`;
  return [
    `The layout of ${nameDestination(first.destination)} is not the one with which the job began: it was ${describe(first.layout, first.measurement)} and is ${describe(layout, measurement)}.`
  ];
}
function toSettings({ name, destination, isOpen }, like) {
  if (like === void 0) throw new Error("settings have a storage");
  return {
    ...name === void 0 ? {} : { name },
    target: toTarget(destination),
    rules: like.rules,
    layout: like.layout,
    ...like.builder === void 0 ? {} : { builder: like.builder },
    ...isOpen ? {} : { withheld: "its credentials are not known any more when the job ends" }
  };
}
function toTarget(destination) {
  if (destination.kind === "file") return { ...destination, name: destination.path };
  const { kind, url } = destination;
  switch (destination.api) {
    case "v1": {
      const { api, database, policy } = destination;
      return { kind, url, api, database, retentionPolicy: policy, login: void 0 };
    }
    case "v2": {
      const { api, bucket, org } = destination;
      return { kind, url, api, bucket, org, token: "" };
    }
    case "v3": {
      const { api, database } = destination;
      return { kind, url, api, database, token: "" };
    }
  }
}
const placeInputs = ["url", "api", "org", "bucket", "database", "retention-policy", "file", "config"];
const otherInputs = [
  ...["captures", "layout", "measurement", "builder", "tags", "matrix-tags", "start-point", "compare"],
  ...["matrix", "strategy", "spool", "summary", "timeout", "fail-on-error", "dry-run"]
];
const maxInputsLength = 32e3;
function toKnownInputs(read, redact) {
  const entries = [...placeInputs, ...otherInputs].map((name) => [name, read(name)]);
  const inputs = Object.fromEntries(entries.filter(([, text]) => text !== "" && redact(text) === text));
  return JSON.stringify(inputs).length > maxInputsLength ? {} : inputs;
}
function readKnownInputs(read, known) {
  const hadPlace = placeInputs.some((name) => known?.[name] !== void 0);
  const isBare = hadPlace && [...placeInputs, "token", "username", "password"].every((name) => read(name) === "");
  return isBare ? (name) => read(name) || (known?.[name] ?? "") : read;
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

async function parseYaml(input, text, problems, scalars = "typed") {
  if (text.length > limits.maxYamlCharacters) {
    problems.push({ input, text: `is ${text.length} characters long; at most ${limits.maxYamlCharacters} are read` });
    return void 0;
  }
  const yaml = await Promise.resolve().then(() => require('./yaml-parser.js'));
  try {
    const events = yaml.parseEvents(text, {});
    const construct = (schema) => yaml.constructFromEvents(events, { source: text, maxAliases: limits.maxYamlAliases, schema });
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

const remedy = "pass text of others as ${{ toJSON(\u2026) }}, so that it is one value";
const unclosed = /ends within|end of the stream within/;
async function parseYamlParts(input, text, problems, lost, scalars = "typed", isForeign = () => false) {
  const found = [];
  const yaml = await parseYaml(input, text, found, scalars);
  if (yaml !== void 0) return yaml;
  const parts = splitParts(text);
  if (parts.length === 0 || !found.every((one) => one.text.startsWith("is not YAML"))) {
    if (/^\s*\{[^}]*:/.test(text)) lost.push(...found.map(addRemedy));
    else problems.push(...found);
    return void 0;
  }
  const read = [];
  for (const { line, text: part } of parts) {
    const wrong = [];
    const parsed = await parseYaml(input, part, wrong, scalars);
    for (const one of wrong) {
      const told = addRemedy({ ...one, line: line + (one.line ?? 1) - 1 });
      const isMistake = unclosed.test(one.text) && !isForeign(part.replace(/^.*?: /s, "").trim());
      (isMistake ? problems : lost).push(told);
    }
    if (parsed !== void 0) read.push({ line, yaml: parsed });
  }
  return parts.every(({ isItem }) => isItem) ? joinItems(read) : joinEntries(read, input, problems);
}
function addRemedy(problem) {
  return { ...problem, text: `${problem.text}; ${remedy}` };
}
const entry = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#{}[\],&*!|>%@`:-][^:#]*):(?: |$)/;
const item = /^-(?: |$)/;
function splitParts(text) {
  const lines = text.split(/\r\n|\r|\n/);
  const first = lines.find((line) => /^ *[^\s#]/.test(line)) ?? "";
  const indent = /^ */.exec(first)?.[0] ?? "";
  const isItem = item.test(first.slice(indent.length));
  const isStart = (line) => line.startsWith(indent) && (isItem ? item : entry).test(line.slice(indent.length));
  const starts = lines.flatMap((line, index) => isStart(line) ? [index] : []);
  return starts.map((start, index) => {
    return { line: start + 1, text: lines.slice(start, starts[index + 1]).join("\n"), isItem };
  });
}
function joinItems(read) {
  return {
    value: read.map(({ yaml }) => yaml.value[0]),
    lineOf([index, ...rest]) {
      const part = read[Number(index)];
      return part && part.line + (part.yaml.lineOf([0, ...rest]) ?? 1) - 1;
    }
  };
}
function joinEntries(read, input, problems) {
  const entries = /* @__PURE__ */ new Map();
  for (const { line, yaml } of read) {
    for (const [key, value] of Object.entries(yaml.value ?? {})) {
      if (!entries.has(key)) entries.set(key, { line, yaml, value });
      else problems.push({ input, line, text: "is not YAML: duplicated mapping key" });
    }
  }
  return {
    value: Object.fromEntries([...entries].map(([key, { value }]) => [key, value])),
    lineOf(path) {
      const part = entries.get(String(path[0]));
      return part && part.line + (part.yaml.lineOf(path) ?? 1) - 1;
    }
  };
}

const emptyMap = { map: {}, isCut: false, lineOf: () => void 0 };
async function parseMap(input, text, problems, lost, scalars, isForeign) {
  if (text.trim() === "") return emptyMap;
  const json = text.trim().startsWith("{") ? parseJson(text) : void 0;
  const { value, lineOf } = (json === void 0 ? await parseYamlParts(input, text, problems, lost, scalars, isForeign) : { value: json, lineOf: emptyMap.lineOf }) ?? {};
  if (lineOf === void 0 || value === null) return emptyMap;
  if (typeof value === "object" && !Array.isArray(value)) {
    const { value: map, isCut } = shared.cutDeep(value);
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
async function parseProperties(text, problems, lost, warnings, isForeign) {
  const { map, isCut } = await parseMap("properties", text, problems, lost, "typed", isForeign);
  if (isCut) warnings.push(shared.explainCut("The input properties"));
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

function parseBoolean(read, name, byDefault, problems, others = []) {
  const text = read(name);
  if (text === "") return byDefault;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (!/^(false|False|FALSE)$/.test(text)) {
    const values = ["true", "false", ...others];
    const allowed = `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
    const what = `must be ${allowed}, but is ${JSON.stringify(text)}`;
    problems.push({ input: name, text: `${what}. ${suggest(text, values, "values")}` });
    return byDefault;
  }
  return false;
}
function parseTimeout(text, problems) {
  if (text === "") return limits.defaultTimeoutMs;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1e3) : 0;
  if (ms < 1 || ms > limits.maxTimeoutSeconds * 1e3) {
    problems.push({
      input: "timeout",
      text: `must be seconds, more than 0 and at most ${limits.maxTimeoutSeconds}, but is ${JSON.stringify(text)}`
    });
    return limits.defaultTimeoutMs;
  }
  return ms;
}
function parseFolder(read, name, problems) {
  const path = read(name);
  if (path === "") return void 0;
  if (!node_path.isAbsolute(path)) {
    const text = `must be an absolute path, outside of the workspace, but is ${JSON.stringify(path)}; write it as /var/lib/build-stats`;
    problems.push({ input: name, text });
    return void 0;
  }
  return path;
}

const units = { seconds: 1, minutes: 60, hours: 3600 };
const valueTypes = ["float", "int", "string", "boolean"];
const missingLevels = ["warn", "ignore", "error"];
const everyName = { source: ".*", test: () => true, javascript: "" };
const everywhere = { builder: void 0, callback: void 0, source: "captures", line: void 0 };
const defaultRules = [
  { kind: "start-time", field: void 0, ...everywhere },
  { kind: "end-time", field: void 0, ...everywhere },
  { kind: "duration", reportIn: "seconds", field: void 0, ...everywhere },
  { kind: "data", match: { regex: everyName }, measurement: void 0, tags: [], ...everywhere }
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
const nothingKnown = /* @__PURE__ */ new Map();
function matchesName(match, name, known = nothingKnown) {
  if ("name" in match) return match.name === name;
  return match.regex.test(name) ?? known.get(match.regex)?.get(name) ?? false;
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
  return JSON.stringify(shared.cutText(text, 60));
}

function captureBuild(build, rules, known) {
  let props;
  const source = {
    build,
    known,
    // All callbacks are given the same.
    get props() {
      props ??= toProps(build);
      return props;
    }
  };
  const captured = [];
  const steps = /* @__PURE__ */ new Set();
  const misses = [];
  const warnings = /* @__PURE__ */ new Set();
  const secretNames = /* @__PURE__ */ new Set();
  const { startMs } = build;
  const duration = shared.toDuration(build);
  const missStart = (rule) => {
    const isKnown = misses.some(({ reason }) => reason === unknownStart);
    misses.push({ rule, reason: unknownStart, level: isKnown ? "ignore" : "warn" });
  };
  for (const rule of rules) {
    if (!appliesTo(rule, build.builder)) continue;
    switch (rule.kind) {
      case "start-time":
        if (startMs === void 0) missStart(rule);
        else captured.push({ rule, timeMs: startMs, value: toIso(startMs), input: { start: toIso(startMs) } });
        break;
      case "end-time":
        captured.push({ rule, timeMs: build.endMs, value: toIso(build.endMs), input: { end: toIso(build.endMs) } });
        break;
      case "duration":
        if (startMs === void 0 || duration === void 0) {
          missStart(rule);
          break;
        }
        captured.push({
          rule,
          value: duration / units[rule.reportIn],
          input: { start: toIso(startMs), end: toIso(build.endMs), seconds: duration }
        });
        break;
      case "property":
        for (const found of findProperties(source, rule, secretNames)) {
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
        const found = findSteps(build, rule, known);
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
const unknownStart = "the start of the job is not known";
function listNames({ properties, steps }, rule) {
  if (rule.kind === "steps") return "ran" in steps ? [...steps.ran.map(({ name }) => name), ...steps.late] : [];
  if (rule.kind !== "property") return [];
  return properties.listed.flatMap(toNames);
}
function toNames({ shortName, path }) {
  return shortName === void 0 ? [path] : [shortName, path];
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
function findProperties(source, rule, secretNames) {
  const { match, callback } = rule;
  const { build, known } = source;
  if ("name" in match) {
    const { name } = match;
    const property = build.properties.find(name);
    if (property !== void 0) return [toCaptured$1(rule, name, property, source)];
    const missing = explainMissing(name, build);
    if (callback === void 0) return [{ reason: missing }];
    return [
      { rule, name, property: { path: name, value: null }, value: "", input: { name }, props: source.props, missing }
    ];
  }
  return build.properties.listed.flatMap((property) => {
    const names = toNames(property);
    const name = names.find((candidate) => matchesName(match, candidate, known));
    if (name === void 0) return [];
    if (names.some(looksSecret)) {
      secretNames.add(name);
      return [];
    }
    return isEmpty(property.value) ? [] : [toCaptured$1(rule, name, property, source)];
  });
}
function toCaptured$1(rule, name, property, source) {
  if (rule.callback !== void 0) {
    return { rule, name, property, value: "", input: { value: property.value, name }, props: source.props };
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
function findSteps({ steps }, { match }, known) {
  if ("reason" in steps) return { reason: `the steps of the job are not known: ${steps.reason}` };
  if (match === void 0) return { steps: steps.ran, late: steps.late };
  const found = steps.ran.filter(({ name }) => matchesName(match, name, known));
  if ("regex" in match || found.length > 0 || steps.others.includes(match.name)) {
    return { steps: found, late: steps.late.filter((name) => matchesName(match, name, known)) };
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
  return `${nameRule(miss.rule)} was not captured: ${explainReason(miss)}`;
}
function explainReason({ reason, more = 0 }) {
  return more === 0 ? reason : `${reason} (and ${more} more of this rule)`;
}

function createDataCapture(builder, rules, known) {
  const applying = dataRules(builder, rules);
  const byName = /* @__PURE__ */ new Map();
  return (record) => {
    let matching = byName.get(record.name);
    if (matching === void 0) {
      matching = applying.filter(({ match }) => matchesName(match, record.name, known));
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
  if (!Array.isArray(json) && !shared.isObject(json)) {
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
  if (!shared.isObject(item)) return "is no JSON object";
  if (shared.isDeep(item)) return `is nested deeper than ${limits.maxDepth} levels`;
  try {
    const fields = toFields$1(item);
    return fields.length === 0 ? "has no values" : fields;
  } catch (error) {
    return error.message;
  }
}
function toFields$1(record) {
  const fields = /* @__PURE__ */ new Map();
  const add = (prefix, object, depth) => {
    for (const [key, value] of Object.entries(object)) {
      if (shared.isObject(value) && depth < limits.maxFlattened) add(`${prefix}${key}_`, value, depth + 1);
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

function redactAnswers(run, redact) {
  return async (calls) => (await run(calls)).map((answer) => {
    if ("failure" in answer) return { failure: redact(answer.failure) };
    if (shared.isDeep(answer.value)) return { failure: `what it gave is nested deeper than ${limits.maxDepth} levels` };
    return answer.value === void 0 ? answer : { value: shared.redactData(answer.value, redact) };
  });
}
async function applyCallbacks(captures, run) {
  const calls = captures.captured.flatMap(toCall);
  if (calls.length === 0) return captures;
  const answers = (await run(calls)).values();
  const captured = [];
  const misses = [...captures.misses];
  for (const one of captures.captured) {
    const [call] = toCall(one);
    if (call === void 0) {
      captured.push(one);
      continue;
    }
    try {
      const type = one.rule.kind !== "property" ? void 0 : one.rule.tag === void 0 ? one.rule.type : "string";
      const value = readAnswer(call, answers.next().value);
      captured.push({ ...one, value: toTypedValue(value, type, call) });
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      misses.push({
        rule: one.rule,
        reason: one.missing === void 0 ? error.message : `${one.missing}; ${error.message}`,
        ...toCause(error),
        level: one.rule.kind === "property" ? one.rule.onMissing : "warn"
      });
    }
  }
  return { ...captures, captured, misses };
}
async function applyDataCallbacks(records, run) {
  const calls = records.flat().flatMap(
    ({ rule, record }) => rule.callback === void 0 ? [] : [{ callback: rule.callback, input: record.json ?? toInput(record) }]
  );
  if (calls.length === 0) return { captured: [...records], misses: [] };
  const answers = (await run(calls)).values();
  const remaining = calls.values();
  const misses = [];
  const captured = records.flatMap((found) => {
    const plain = found.filter(({ rule }) => rule.callback === void 0);
    const made = found.flatMap(({ rule, record }) => {
      if (rule.callback === void 0) return [];
      const call = remaining.next().value;
      try {
        const value = readAnswer(call, answers.next().value);
        const sets = Array.isArray(value) ? value : [value];
        return sets.map((set, index) => [{ rule, record: { ...later(record, index), fields: toFieldSet(set, call) } }]);
      } catch (error) {
        if (!(error instanceof ValueError)) throw error;
        misses.push({ rule, reason: error.message, ...toCause(error), level: "warn" });
        return [];
      }
    });
    return plain.length > 0 ? [plain, ...made] : made;
  });
  return { captured, misses };
}
function toCause({ cause }) {
  return typeof cause === "string" ? { cause } : {};
}
function toCall(captured) {
  const { rule, input, props } = captured;
  if (rule.callback === void 0 || input === void 0) return [];
  return [{ callback: rule.callback, input, ...props === void 0 ? {} : { props } }];
}
function readAnswer(call, answer) {
  const fail = (why) => new ValueError(`${quoteCall(call)} ${why}`, { cause: why });
  if (answer === void 0) throw fail("was not run");
  if ("failure" in answer) throw fail(`failed: ${shorten(answer.failure)}`);
  if (answer.value === void 0 || answer.value === null) throw fail("gave nothing");
  return answer.value;
}
function toTypedValue(value, type, call) {
  try {
    return toFieldValue(value, type);
  } catch (error) {
    if (error instanceof ValueError) throw new ValueError(`${quoteCall(call)} gave a value that ${error.message}`);
    throw error;
  }
}
function toFieldSet(value, call) {
  const fields = shared.isObject(value) ? toFields$1(value) : [];
  if (fields.length > 0) return fields;
  const why = "gave no fields: it must give a map, or a list of maps";
  throw new ValueError(`${quoteCall(call)} ${why}`, { cause: why });
}
function later({ json: _, ...record }, index) {
  return record.timeNs === void 0 ? record : { ...record, timeNs: record.timeNs + BigInt(index) };
}
function toInput({ fields, tags }) {
  const values = fields.map(([key, value]) => [key, toJson(value)]);
  return Object.fromEntries([...tags, ...values]);
}
function toJson(value) {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "object" ? Number(value.value) : value;
}
function quoteCall({ callback, input }) {
  return `callback ${JSON.stringify(shorten(callback))} on ${shorten(JSON.stringify(input))}`;
}
function shorten(text) {
  return shared.cutText(text, 200);
}
function hasCallback(rules) {
  return rules.some(({ callback }) => callback !== void 0);
}

function toOwnMeasurements({ measurement }) {
  return [measurement, `${measurement}_start`, `${measurement}_step`];
}
function toTags(identity, { result, caller }, options) {
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
  if (caller !== void 0) tags.set("caller", caller);
  if (options.matrixTags) for (const [key, value] of toMatrixTags(identity.matrix)) tags.set(key, value);
  for (const [key, value] of options.tags) tags.set(shared.cleanKey(key), value);
  for (const [key, value] of tags) {
    const clean = shared.cleanTag(value);
    if (clean === "") tags.delete(key);
    else tags.set(key, clean);
  }
  return tags;
}
function toMatrixTags(matrix) {
  const tags = /* @__PURE__ */ new Map();
  for (const { path, text } of shared.listLeaves(matrix)) {
    const key = `matrix_${shared.toKey(path.join("_"))}`;
    let unique = key;
    for (let count = 2; tags.has(unique); count++) unique = `${key}_${count}`;
    tags.set(unique, text);
  }
  return tags;
}
function isCallerUnknown({ caller }, { tags }) {
  return caller === void 0 && !tags.some(([key, value]) => shared.cleanKey(key) === "caller" && shared.cleanTag(value) !== "");
}
function toIdentityFields(identity) {
  const fields = /* @__PURE__ */ new Map();
  const add = (key, value) => {
    if (value !== void 0 && value !== "") fields.set(key, typeof value === "string" ? shared.cleanString(value) : value);
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

async function parseCaptures(list, layout, problems) {
  const { value, source, lineOf } = list;
  const { hasRegex, parseRules } = await Promise.resolve().then(() => require('./parse-rules.js'));
  const compileRegex = hasRegex(value) ? (await Promise.resolve().then(() => require('./compile-regex.js'))).compileRegex : void 0;
  const parsed = parseRules(value, lineOf, { source, layout: layout.kind, compileRegex });
  for (const { path, text } of parsed.problems) problems.push({ input: source, line: lineOf(path), text });
  problems.push(...findReserved(parsed.rules, layout), ...await findCallbackProblems(parsed.rules));
  return parsed.rules;
}
function findReserved(rules, layout) {
  if (layout.kind !== "native") return [];
  const reserved = toOwnMeasurements(layout.options);
  return rules.filter((rule) => rule.kind === "data").filter((rule) => rule.measurement !== void 0 && reserved.includes(rule.measurement)).map(({ measurement, source, line }) => {
    const text = `"${measurement}" is the measurement of the builds themselves; choose another`;
    return { input: source, line, text };
  });
}
async function findCallbackProblems(rules) {
  if (!hasCallback(rules)) return [];
  const { parseCallback } = await Promise.resolve().then(() => require('./callback-parser.js')).then(n => n.callbackParser);
  return rules.flatMap(({ callback, source, line }) => {
    const wrong = callback === void 0 ? void 0 : parseCallback(callback);
    return wrong === void 0 ? [] : [{ input: source, line, text: wrong }];
  });
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

function toBuildbotPoints(build, captures, tags = []) {
  const placed = [];
  const points = captures.captured.map((captured, index) => {
    const { name, fields } = toFields(captured);
    const measurement = shared.cleanMeasurement(`${build.builder}-${name}`);
    placed.push({ captured, key: measurement, kind: "field" });
    return toPoint(build, measurement, fields, index, tags);
  });
  return { points, placed };
}
function createBuildbotDataLayout(build, tags = []) {
  return {
    renamed: /* @__PURE__ */ new Set(),
    toPoints: (captured, index) => captured.map(({ record }, offset) => {
      const fields = record.fields.map(([key, value]) => [toFieldKey(key), value]);
      const measurement = shared.cleanMeasurement(`${build.builder}-${record.name}`);
      const point = toPoint(build, measurement, fields, index + offset, [...tags, ...record.tags]);
      return { ...point, timeNs: record.timeNs ?? point.timeNs };
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
function toPoint(build, measurement, fields, index, further) {
  const unique = new Map(fields.map(([key, value]) => [key, typeof value === "string" ? shared.cleanString(value) : value]));
  const tags = new Map(further.map(([key, value]) => [shared.cleanKey(key), shared.cleanTag(value)]));
  tags.set("builder_name", shared.cleanTag(build.builder));
  tags.set("build_number", `${build.number ?? ""}`);
  return {
    measurement,
    tags: [...tags].filter(([key, value]) => value !== "" && !unique.has(key)),
    fields: [...unique],
    timeNs: toTimeNs(build.endMs, toOffsetNs(build), index)
  };
}
function toFieldKey(key) {
  const clean = shared.cleanKey(key);
  return clean === "builder_name" || clean === "build_number" ? `${clean}_` : clean;
}

function toStartPoint(identity, startMs, options) {
  const tags = toTags(identity, {}, options);
  const fields = without(toIdentityFields(identity), tags);
  return {
    measurement: shared.cleanName(`${options.measurement}_start`),
    tags: [...tags],
    fields: [...fields],
    timeNs: toTimeNs(startMs, toOffsetNs(identity), 0)
  };
}
function toBuildPoint(build, captures, options) {
  const tags = toTags(build, build, options);
  const identity = toIdentityFields(build);
  if (build.queueTime !== void 0) identity.set("queue_time", build.queueTime);
  if (build.jobName !== void 0) identity.set("job_name", shared.cleanString(build.jobName));
  if (isCallerUnknown(build, options)) identity.set("caller_unknown", true);
  const fields = without(identity, tags);
  const placed = [];
  const misses = [];
  for (const captured of captures.captured) {
    const { kind, key, value } = toColumn(captured);
    const tag = shared.cleanTag(String(value));
    const taken = shared.isOwnName(key) ? "InfluxDB keeps it for itself" : explainTaken(key, tags, fields);
    if (kind === "tag" && tag === "") {
      misses.push({ rule: captured.rule, reason: `nothing of ${JSON.stringify(value)} can be a tag`, level: "warn" });
    } else if (taken === void 0) {
      if (kind === "tag") tags.set(key, tag);
      else fields.set(key, typeof value === "string" ? shared.cleanString(value) : value);
      placed.push({ captured, key, kind });
    } else if (!isQuiet(captured)) {
      const remedy = `choose another with "${kind}"`;
      misses.push({ rule: captured.rule, reason: `the name ${key} is taken: ${taken}; ${remedy}`, level: "warn" });
    }
  }
  const timeNs = toTimeNs(build.endMs, toOffsetNs(build), 0);
  return {
    point: { measurement: shared.cleanName(options.measurement), tags: [...tags], fields: [...fields], timeNs },
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
    return { kind: "field", key: shared.cleanName(key), value: captured.value };
  }
  if ("name" in captured) {
    const { rule: rule2, name, value: value2 } = captured;
    if (rule2.tag !== void 0) return { kind: "tag", key: shared.cleanName(rule2.tag), value: value2 };
    return { kind: "field", key: rule2.field === void 0 ? shared.toKey(name) : shared.cleanName(rule2.field), value: value2 };
  }
  const { rule, value } = captured;
  const suffix = rule.reportIn === "seconds" ? "" : `_${rule.reportIn}`;
  return { kind: "field", key: rule.field === void 0 ? `duration${suffix}` : shared.cleanName(rule.field), value };
}
function explainTaken(key, tags, fields) {
  if (tags.has(key)) return "a tag has it";
  if (fields.has(key)) return "a field has it";
  return void 0;
}

function createDataLayout(build, options) {
  const offsetNs = toOffsetNs(build);
  const buildTags = [...toTags(build, build, options)];
  const identityFields = without(toIdentityFields(build), toTags(build, build, options));
  const identity = [...identityFields].filter(([key]) => ["number", "attempt", "run_id"].includes(key));
  const reserved = new Set(toOwnMeasurements(options).map((name) => shared.cleanName(name)));
  const renamed = /* @__PURE__ */ new Set();
  function toMeasurement({ rule, record }) {
    const name = shared.cleanName(rule.measurement ?? record.name);
    if (!reserved.has(name)) return name;
    renamed.add(name);
    return `data_${name}`;
  }
  function toPoint(measurement, record, index) {
    const own = /* @__PURE__ */ new Map();
    for (const [key, value] of record.tags) {
      const clean = shared.cleanTag(value);
      if (clean !== "") own.set(shared.cleanKey(key), clean);
    }
    const fields = /* @__PURE__ */ new Map();
    for (const [key, value] of record.fields) {
      const name = shared.cleanKey(key);
      if (!own.has(name)) fields.set(name, typeof value === "string" ? shared.cleanString(value) : value);
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
  const buildTags = toTags(build, build, options);
  const identity = without(toIdentityFields(build), buildTags);
  return steps.map((step) => {
    const tags = new Map(buildTags);
    for (const [key, value] of [
      ["step", step.name],
      ["conclusion", step.conclusion]
    ]) {
      const clean = shared.cleanTag(value);
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
      measurement: shared.cleanName(`${options.measurement}_step`),
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
      return { ...toBuildbotPoints(build, captures, layout.tags), misses: [] };
  }
}
function openDataLayout(build, layout) {
  switch (layout.kind) {
    case "native":
      return createDataLayout(build, layout.options);
    case "buildbot":
      return createBuildbotDataLayout(build, layout.tags);
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
  return kind === "buildbot" ? { kind, tags: options.tags } : { kind: "native", options };
}
function findBuildbotTags(tags, placeOf) {
  return tags.filter(([key]) => ["builder_name", "build_number"].includes(shared.cleanKey(key))).map(([key]) => ({ ...placeOf(key), text: `"${key}" is a tag of the layout buildbot itself; choose another` }));
}
function parseMeasurement(text, place, problems) {
  if (/^[_#]|[\r\n]|\\$/.test(text)) {
    const rule = "it must be one line that neither starts with _ or # nor ends in a backslash";
    problems.push({ ...place, text: `${JSON.stringify(text)} is no measurement: ${rule}` });
    return "build";
  }
  return text === "" ? "build" : text;
}
function parseTags(map, placeOf, problems) {
  return Object.entries(map).flatMap(([key, value]) => {
    const problem = (wrong) => problems.push({ ...placeOf(key), text: wrong });
    if (shared.isOwnName(shared.cleanName(key))) problem(`"${shared.cleanName(key)}" is InfluxDB's own name; choose another`);
    if (key === "") problem("a tag needs a name");
    if (value === null) return [[key, ""]];
    if (typeof value !== "object") return [[key, String(value)]];
    problem(`"${key}" must be text, a number or a boolean, but is ${JSON.stringify(value)}`);
    return [];
  });
}

function redactStorages(storages, redact) {
  const redacted = /* @__PURE__ */ new Map();
  return storages.map((storage) => {
    const rules = redacted.get(storage.rules) ?? storage.rules.map((rule) => redactRule(rule, redact));
    redacted.set(storage.rules, rules);
    const builder = storage.builder === void 0 ? {} : { builder: redact(storage.builder) };
    return { ...storage, ...builder, rules, layout: redactLayout(storage.layout, redact) };
  });
}
function redactLayout(layout, redact) {
  return layout.kind === "native" ? { ...layout, options: shared.redactData(layout.options, redact), redact } : { ...layout, tags: shared.redactData(layout.tags ?? [], redact), redact };
}
function redactRule(rule, redact) {
  const redactName = (name) => name === void 0 ? void 0 : redact(name);
  const builder = rule.builder?.map(redact);
  switch (rule.kind) {
    case "start-time":
    case "end-time":
    case "duration":
      return { ...rule, builder, field: redactName(rule.field) };
    case "property": {
      const [field, tag] = [redactName(rule.field), redactName(rule.tag)];
      return { ...rule, builder, match: redactMatcher(rule.match, redact), field, tag };
    }
    case "data": {
      const tags = rule.tags.map(redact);
      return {
        ...rule,
        builder,
        match: redactMatcher(rule.match, redact),
        measurement: redactName(rule.measurement),
        tags
      };
    }
    case "steps":
      return { ...rule, builder, match: rule.match && redactMatcher(rule.match, redact) };
  }
}
function redactMatcher(match, redact) {
  return "name" in match ? { name: redact(match.name) } : match;
}

const influxInputs = ["api", "token", "org", "bucket", "database", "username", "password", "retention-policy"];
const apis = ["v1", "v2", "v3"];
const foreign = {
  v1: ["token", "org", "bucket"],
  v2: ["database", "username", "password", "retention-policy"],
  v3: ["org", "bucket", "username", "password", "retention-policy"]
};
function parseTargets(read, around, problems) {
  const file = read("file");
  const files = file === "" ? [] : [toFileTarget(file, around.workspace)];
  const given = influxInputs.filter((name) => read(name) !== "");
  if (read("url") === "" && given.length === 0 && files.length > 0) return { targets: files, notices: [], mistakes: [] };
  const url = read("url") === "" ? void 0 : parseUrl(read("url"), problems);
  const api = parseApi(read, given, problems);
  if (api === void 0) return { targets: files, notices: [], mistakes: [] };
  const missing = findMissing(read, api, around.hasNoSecrets);
  const unset = missing.find(({ secret }) => !secret);
  if (unset && read("url") !== "") problems.push({ input: unset.name, text: `is empty; ${unset.remedy}` });
  const empty = [
    ...read("url") === "" ? ["url"] : [],
    ...missing.filter(({ secret }) => secret).map(({ name }) => name)
  ];
  if (empty.length > 0 && around.phase === "replay") {
    for (const name of empty) problems.push({ input: name, text: `is empty. ${around.secretHint}` });
    return { targets: [], notices: [], mistakes: [] };
  }
  if (empty.length > 0) {
    const target = files[0] ?? toFileTarget(toFallbackPath(around), around.workspace);
    const why = `The input${empty.length > 1 ? "s" : ""} ${empty.join(" and ")} ${empty.length > 1 ? "are" : "is"} empty`;
    const fate = files[0] === void 0 ? ", which a hosted runner throws away," : "";
    const where = `points go to the file ${target.name}${fate} and not to InfluxDB`;
    const text = `${why}: ${where}. ${around.secretHint}`;
    const isMistake = !around.hasNoSecrets && given.length > 0;
    return { targets: [target], notices: [text], mistakes: isMistake ? [text] : [] };
  }
  if (/[^\t\x20-\x7e\x80-\xff]/.test(read("token"))) {
    const wrong = "holds a line break or another character that no HTTP header takes";
    problems.push({ input: "token", text: `${wrong}; check that the secret is the token and nothing else` });
    return { targets: files, notices: [], mistakes: [] };
  }
  if (url === void 0 || unset) return { targets: files, notices: [], mistakes: [] };
  return { targets: [toInfluxTarget(read, api, url), ...files], notices: [], mistakes: [] };
}
function toFallbackPath({ runnerTemp }) {
  return node_path.join(runnerTemp, "build-stats.lp");
}
function toFileTarget(file, workspace) {
  return { kind: "file", path: node_path.isAbsolute(file) ? file : node_path.resolve(workspace, file), name: file };
}
function parseApi(read, given, problems) {
  const value = read("api");
  const api = value === "" ? guessApi(given) : apis.find((known) => known === value);
  if (api === void 0) {
    problems.push({ input: "api", text: `${JSON.stringify(value)} is unknown; it must be one of ${apis.join(", ")}` });
    return void 0;
  }
  const wrong = given.filter((name) => foreign[api].includes(name));
  for (const name of wrong) {
    const because = value === "" ? `which "${api === "v2" ? "bucket" : "database"}" means` : 'which "api" says';
    problems.push({
      input: name,
      text: `does not go with InfluxDB ${api}, ${because}. ${remedies[api]}`
    });
  }
  return wrong.length > 0 ? void 0 : api;
}
const remedies = {
  v1: "v1 takes database, and username and password",
  v2: "v2 takes token, org and bucket",
  v3: "v3 takes token and database"
};
function guessApi(given) {
  if (given.includes("bucket")) return "v2";
  if (given.includes("database")) return given.includes("token") ? "v3" : "v1";
  return given.some((name) => foreign.v2.includes(name)) ? "v1" : "v2";
}
function findMissing(read, api, hasNoSecrets) {
  const missing = [];
  const need = (name, secret, remedy) => {
    if (read(name) === "") missing.push({ name, secret: secret || hasNoSecrets, remedy });
  };
  if (api === "v2") need("bucket", false, "say where points go: bucket (v2, with token and org) or database (v1, v3)");
  else need("database", false, `InfluxDB ${api} needs the name of a database`);
  if (api === "v2" && read("token") !== "" && read("bucket") !== "")
    need("org", false, "InfluxDB v2 needs the name or id of the organization");
  if (api !== "v1") need("token", true, "");
  const isSurelyV1 = ["api", "username", "password", "retention-policy"].some((name) => read(name) !== "");
  if (api === "v1" && hasNoSecrets && !isSurelyV1) need("token", true, "");
  if (api === "v1" && read("username") !== "") need("password", true, "");
  if (api === "v1" && read("password") !== "") need("username", true, "");
  return missing;
}
function toInfluxTarget(read, api, base) {
  const given = read("url");
  const url = { url: base, ...given === base ? {} : { givenUrl: given } };
  switch (api) {
    case "v1": {
      const login = read("username") === "" ? void 0 : { username: read("username"), password: read("password") };
      const retentionPolicy = read("retention-policy") || void 0;
      return { kind: "influxdb", api, ...url, database: read("database"), retentionPolicy, login };
    }
    case "v2":
      return {
        kind: "influxdb",
        api,
        ...url,
        bucket: read("bucket"),
        org: read("org") || void 0,
        token: read("token")
      };
    case "v3":
      return { kind: "influxdb", api, ...url, database: read("database"), token: read("token") };
  }
}
function parseUrl(text, problems) {
  const problem = (wrong) => {
    problems.push({ input: "url", text: `${wrong}; write it as https://influx.example.com:8086` });
    return void 0;
  };
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return problem("does not begin with https:// or http://");
  if (!URL.canParse(text)) return problem("is no URL");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return problem(`has the scheme ${url.protocol} instead of http or https`);
  if (url.username !== "" || url.password !== "") {
    return problem("holds credentials; give them as the inputs username and password, or token");
  }
  const own = /\/(?:api\/v[123](?:\/.*)?|orgs\/.*|write|query|ping|health)\/*$/.exec(url.pathname);
  if (own !== null) {
    const base = `${url.origin}${url.pathname.slice(0, own.index)}`;
    problems.push({
      input: "url",
      text: `ends in "${own[0]}", which Build Stats adds where it is needed; write it as ${base}`
    });
    return void 0;
  }
  if (url.search !== "" || url.hash !== "") return problem("has a query or a fragment, which belong to no base URL");
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

async function parseStorages(read, around, problems, lost = []) {
  const { storages, ...told } = await parseAll(read, around, problems, lost);
  return { storages: around.redact === void 0 ? storages : redactStorages(storages, around.redact), ...told };
}
async function parseAll(read, around, problems, lost) {
  const defaults = await parseDefaults(read, around, problems, lost);
  if (read("config") !== "") {
    const { readConfig } = await Promise.resolve().then(() => require('./config.js'));
    return await readConfig(read, defaults, around, problems);
  }
  if (defaults.kind === "buildbot") problems.push(...findIdle(read), ...defaults.buildbotProblems);
  const { targets, notices, mistakes } = parseTargets(read, around, problems);
  const layout = toLayout(defaults.kind, defaults.options);
  const rules = defaults.rules === void 0 ? defaultRules : await parseCaptures(defaults.rules, layout, problems);
  return { storages: targets.map((target) => ({ target, rules, layout })), notices, mistakes };
}
function findIdle(read) {
  return [
    ...["", "build"].includes(read("measurement")) ? [] : ["measurement"],
    ...read("matrix-tags").toLowerCase() === "false" ? ["matrix-tags"] : []
  ].map((input) => ({ input, text: "has no use in the layout buildbot: leave it out" }));
}
async function parseDefaults(read, { phase, isForeign }, problems, lost) {
  const { map, lineOf } = await parseMap("tags", read("tags"), problems, lost, "text", isForeign);
  const placeOf = (key) => ({ input: "tags", line: lineOf([key]) });
  const tags = parseTags(map, placeOf, problems);
  return {
    buildbotProblems: findBuildbotTags(tags, placeOf),
    rules: await parseRuleList(read("captures"), problems, phase === "post" ? lost : void 0),
    kind: parseLayoutKind(read("layout") || "native", { input: "layout" }, problems),
    options: {
      measurement: parseMeasurement(read("measurement"), { input: "measurement" }, problems),
      tags,
      matrixTags: parseBoolean(read, "matrix-tags", true, problems)
    }
  };
}
async function parseRuleList(text, problems, lost) {
  if (text.trim() === "") return void 0;
  const yaml = lost === void 0 ? await parseYaml("captures", text, problems) : await parseYamlParts("captures", text, problems, lost);
  return yaml && { value: yaml.value, source: "captures", lineOf: yaml.lineOf };
}

const lasting = /* @__PURE__ */ new Set([
  ...["captures", "compare", "fail-on-error", "matrix-tags", "properties"],
  ...["spool", "start-point", "summary", "tags", "timeout"]
]);
async function parseSettings(read, around, earlier = []) {
  const problems = [...earlier];
  const lost = [];
  const warnings = [];
  const { storages, notices, mistakes, compare } = await parseStorages(read, around, problems, lost);
  const settings = {
    storages,
    notices,
    mistakes,
    losses: [],
    properties: await parseProperties(read("properties"), problems, lost, warnings, around.isForeign),
    githubToken: read("github-token") || void 0,
    startPoint: parseBoolean(read, "start-point", true, problems),
    summary: read("summary") === "verdict" ? "verdict" : parseBoolean(read, "summary", true, problems, ["verdict"]),
    compare: compare === void 0 ? await parseCompare(read("compare"), problems) : compare.comparison,
    timeoutMs: parseTimeout(read("timeout"), problems),
    spool: parseFolder(read, "spool", problems),
    failOnError: parseBoolean(read, "fail-on-error", false, problems),
    warnings,
    dryRun: parseBoolean(read, "dry-run", false, problems)
  };
  const isFatal = ({ input }) => around.phase !== "post" || !lasting.has(input);
  const told = [...lost, ...problems.filter((problem) => !isFatal(problem))];
  const fatal = problems.filter(isFatal);
  if (fatal.length > 0) throw new shared.SettingsError(fatal);
  const losses = told.map((problem) => `${shared.formatProblem(problem)}. ${explainLoss(problem)}`);
  return settings.failOnError ? { ...settings, losses } : { ...settings, warnings: [...warnings, ...losses] };
}
function explainLoss({ input }) {
  return input === "properties" || input === "tags" ? "Its values are not known." : "It does not count.";
}
async function parseCompare(text, problems) {
  if (/^(false)?$/i.test(text.trim())) return void 0;
  const { parseCompareInput } = await Promise.resolve().then(() => require('./compare-settings.js'));
  return await parseCompareInput(text, problems);
}

function toStartPointOf({ layout }, identity, startMs) {
  return layout.kind === "native" ? toStartPoint(identity, startMs, layout.options) : void 0;
}

function readText(path) {
  try {
    const opened = openRegular(path);
    if (opened === void 0) return void 0;
    try {
      const buffer = Buffer.alloc(Math.min(opened.size, limits.maxTextFileBytes));
      return buffer.toString("utf8", 0, node_fs.readSync(opened.file, buffer, 0, buffer.length, 0));
    } finally {
      node_fs.closeSync(opened.file);
    }
  } catch {
    return void 0;
  }
}

function toSurroundings({ env, log }, phase, event) {
  return {
    phase,
    env,
    runnerTemp: env.RUNNER_TEMP || node_os.tmpdir(),
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    addSecrets: log.addSecrets,
    redact: log.redact,
    readFile: readText,
    isForeign: (text) => text !== "" && hasText([shared.cutDeep(event).value, env.GITHUB_HEAD_REF, env.GITHUB_REF_NAME], text),
    ...shared.toSecretHint(env, event)
  };
}
function hasText(data, text) {
  if (typeof data === "string") return data.includes(text);
  return typeof data === "object" && data !== null && Object.values(data).some((inner) => hasText(inner, text));
}

exports.EndOfWriting = EndOfWriting;
exports.appliesTo = appliesTo;
exports.applyCallbacks = applyCallbacks;
exports.applyDataCallbacks = applyDataCallbacks;
exports.captureBuild = captureBuild;
exports.captureOutputs = captureOutputs;
exports.createDataCapture = createDataCapture;
exports.dataRules = dataRules;
exports.defaultRules = defaultRules;
exports.everyName = everyName;
exports.explainEnd = explainEnd;
exports.explainMiss = explainMiss;
exports.explainReason = explainReason;
exports.explainRepeated = explainRepeated;
exports.findBuildbotTags = findBuildbotTags;
exports.h = h;
exports.hasCallback = hasCallback;
exports.isCallerUnknown = isCallerUnknown;
exports.layOutBuild = layOutBuild;
exports.layoutKinds = layoutKinds;
exports.leaveToEarlier = leaveToEarlier;
exports.listNames = listNames;
exports.makeFolder = makeFolder;
exports.matchesName = matchesName;
exports.missingLevels = missingLevels;
exports.nameDestination = nameDestination;
exports.nameRule = nameRule;
exports.openDataLayout = openDataLayout;
exports.openDeadlines = openDeadlines;
exports.openRegular = openRegular;
exports.openStorage = openStorage;
exports.parseBoolean = parseBoolean;
exports.parseCaptures = parseCaptures;
exports.parseDestination = parseDestination;
exports.parseFolder = parseFolder;
exports.parseMap = parseMap;
exports.parseMeasurement = parseMeasurement;
exports.parseRetryAfter = parseRetryAfter;
exports.parseSettings = parseSettings;
exports.parseStorages = parseStorages;
exports.parseTags = parseTags;
exports.parseTargets = parseTargets;
exports.parseTimeout = parseTimeout;
exports.parseYaml = parseYaml;
exports.readKnownInputs = readKnownInputs;
exports.readMarks = readMarks;
exports.reconcileStorages = reconcileStorages;
exports.redactAnswers = redactAnswers;
exports.stepsVariable = stepsVariable;
exports.suggest = suggest;
exports.toAuthorization = toAuthorization;
exports.toCallbackMs = toCallbackMs;
exports.toDestination = toDestination;
exports.toFallbackPath = toFallbackPath;
exports.toFields = toFields$1;
exports.toKey = toKey;
exports.toKeyWithoutUrl = toKeyWithoutUrl;
exports.toKnown = toKnown;
exports.toKnownInputs = toKnownInputs;
exports.toLayout = toLayout;
exports.toLine = toLine;
exports.toLineOrNone = toLineOrNone;
exports.toMarks = toMarks;
exports.toMatrixTags = toMatrixTags;
exports.toOwnMeasurements = toOwnMeasurements;
exports.toReserveMs = toReserveMs;
exports.toStartPointOf = toStartPointOf;
exports.toStorageKey = toStorageKey;
exports.toSurroundings = toSurroundings;
exports.units = units;
exports.valueTypes = valueTypes;
exports.writeTo = writeTo;
