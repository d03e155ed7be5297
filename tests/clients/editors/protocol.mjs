// SPDX-License-Identifier: Apache-2.0
// A client of the language server written with vscode-languageserver-protocol, the library under VS Code: it speaks to
// `muster lsp` over pipes, and holds what comes back against the library's own idea of each type. Two clients: one is
// told of mistakes and counts in UTF-16, one asks for them and counts in UTF-8.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const lsp = createRequire(import.meta.url)('vscode-languageserver-protocol/node');

const steps = process.env.MUSTER_STEPS;
const uriOf = (file) => pathToFileURL(path.resolve(file)).href;
const read = (file) => fs.readFileSync(file, 'utf8');
const within = (promise, what) => Promise.race([
  promise,
  new Promise((_, reject) => { setTimeout(() => reject(new Error(`no ${what} within 20 s`)), 20000).unref(); }),
]);

async function step(name, work) {
  try {
    await work();
    fs.appendFileSync(steps, `ok ${name}\n`);
  } catch (error) {
    fs.appendFileSync(steps, `not ok ${name}: ${String(error.message ?? error).replaceAll('\n', ' ')}\n`);
  }
}

// Every one of a list that must not be empty.
function allAre(type, list) {
  assert.ok(Array.isArray(list) && list.length > 0, `a list that isn't empty, not ${JSON.stringify(list)}`);
  for (const each of list) assert.ok(type.is(each), `is none: ${JSON.stringify(each)}`);
  return list;
}

class Client {
  constructor(capabilities) {
    this.server = spawn('muster', ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.ended = new Promise((resolve) => { this.server.on('exit', resolve); });
    this.connection = lsp.createProtocolConnection(
      new lsp.StreamMessageReader(this.server.stdout), new lsp.StreamMessageWriter(this.server.stdin));
    this.published = [];
    this.waiting = [];
    this.registered = [];
    this.refreshed = { lenses: 0, diagnostics: 0 };
    this.problems = [];
    this.versions = new Map();
    this.texts = new Map();
    this.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => {
      this.published.push(params);
      this.look();
    });
    this.connection.onRequest(lsp.RegistrationRequest.type, (params) => { this.registered.push(...params.registrations); });
    this.connection.onRequest(lsp.CodeLensRefreshRequest.type, () => { this.refreshed.lenses += 1; this.look(); return null; });
    this.connection.onRequest(lsp.DiagnosticRefreshRequest.type, () => { this.refreshed.diagnostics += 1; this.look(); return null; });
    this.connection.onUnhandledNotification((message) => this.problems.push(`nobody asked for ${message.method}`));
    this.connection.onNotification(lsp.LogMessageNotification.type, (params) => this.problems.push(params.message));
    this.connection.onError(([error]) => this.problems.push(error.message));
    this.connection.listen();
    this.started = this.ask(lsp.InitializeRequest.type, {
      processId: process.pid, rootUri: uriOf('.'), capabilities, workspaceFolders: [{ uri: uriOf('.'), name: 'project' }],
    });
  }

  ask(type, params) { return within(this.connection.sendRequest(type, params), `answer to ${type.method}`); }

  // Resolves once `holds` does.
  when(holds, what) {
    return within(new Promise((resolve) => { this.waiting.push({ holds, resolve }); this.look(); }), what);
  }

  look() {
    this.waiting = this.waiting.filter(({ holds, resolve }) => {
      const found = holds();
      if (found) resolve(found);
      return !found;
    });
  }

  // The diagnostics of the file as it is now, once they are `count`.
  shown(file, count) {
    const uri = uriOf(file);
    return this.when(() => {
      const last = this.published.filter((each) => each.uri === uri).at(-1);
      return last && (!this.versions.has(file) || last.version === this.versions.get(file)) && last.diagnostics.length === count
        ? last.diagnostics : undefined;
    }, `${count} diagnostics of ${file}`);
  }

  open(file) {
    this.versions.set(file, 1);
    this.texts.set(file, read(file));
    return this.connection.sendNotification(lsp.DidOpenTextDocumentNotification.type,
      { textDocument: lsp.TextDocumentItem.create(uriOf(file), 'muster', 1, this.texts.get(file)) });
  }

  // In the units that were agreed on.
  place(file, offset) {
    const before = this.texts.get(file).slice(0, offset).split('\n');
    const line = before.at(-1);
    return lsp.Position.create(before.length - 1, this.inBytes ? Buffer.byteLength(line) : line.length);
  }

  // Where `|` stands in a piece of the text.
  at(file, marked) {
    const mark = marked.indexOf('|');
    const begin = this.texts.get(file).indexOf(marked.replace('|', ''));
    assert.ok(begin >= 0, `${marked} isn't there`);
    return { textDocument: { uri: uriOf(file) }, position: this.place(file, begin + mark) };
  }

  edit(file, old, text) {
    const now = this.texts.get(file);
    const begin = now.indexOf(old);
    assert.ok(begin >= 0, `${old} isn't there`);
    const range = lsp.Range.create(this.place(file, begin), this.place(file, begin + old.length));
    this.texts.set(file, now.slice(0, begin) + text + now.slice(begin + old.length));
    this.versions.set(file, this.versions.get(file) + 1);
    return this.connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
      textDocument: { uri: uriOf(file), version: this.versions.get(file) }, contentChanges: [{ range, text }],
    });
  }

  async end() {
    await this.ask(lsp.ShutdownRequest.type, undefined);
    await this.connection.sendNotification(lsp.ExitNotification.type);
    return within(this.ended, 'end of the server');
  }
}

const RULES = 'rules.muster';
const TESTS = 'rules_test.muster';
const document = (file) => ({ textDocument: { uri: uriOf(file) } });
const everything = (file) => ({ ...document(file), range: lsp.Range.create(0, 0, 1000, 0) });
const options = { tabSize: 2, insertSpaces: true };
const titles = (lenses) => lenses.map((lens) => lens.command.title);

const told = new Client({
  workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, codeLens: { refreshSupport: true } },
  textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
});

await step('is told what the server can', async () => {
  const { capabilities, serverInfo } = await told.started;
  await told.connection.sendNotification(lsp.InitializedNotification.type, {});
  assert.equal(serverInfo.name, 'muster');
  assert.equal(capabilities.positionEncoding, 'utf-16');
  assert.equal(capabilities.textDocumentSync.change, lsp.TextDocumentSyncKind.Incremental);
  // Each of these is asked for below.
  const known = ['codeAction', 'codeLens', 'completion', 'definition', 'diagnostic', 'documentFormatting', 'documentHighlight',
    'documentRangeFormatting', 'documentSymbol', 'foldingRange', 'hover', 'inlayHint', 'references', 'rename',
    'selectionRange', 'semanticTokens', 'signatureHelp', 'typeDefinition', 'workspaceSymbol'];
  const announced = Object.keys(capabilities).filter((name) => name.endsWith('Provider')).map((name) => name.slice(0, -8));
  assert.deepEqual(announced.sort(), known);
});

await step('is told of the mistake', async () => {
  await told.open(RULES);
  await told.open(TESTS);
  const [mistake] = allAre(lsp.Diagnostic, await told.shown(RULES, 1));
  assert.equal(mistake.severity, lsp.DiagnosticSeverity.Error);
  assert.deepEqual(mistake.range, lsp.Range.create(told.at(RULES, 'require coverage >= |min_covrage').position,
    told.at(RULES, 'min_covrage|').position));
});

await step('is asked to watch files', async () => {
  await told.when(() => told.registered.length > 0, 'registration');
  const [{ method, registerOptions }] = told.registered;
  assert.equal(method, lsp.DidChangeWatchedFilesNotification.method);
  assert.ok(registerOptions.watchers.some(({ globPattern }) => globPattern.includes('muster')));
});

await step('mends it by the fix that is offered', async () => {
  const [diagnostic] = told.published.filter((each) => each.uri === uriOf(RULES)).at(-1).diagnostics;
  const actions = allAre(lsp.CodeAction, await told.ask(lsp.CodeActionRequest.type,
    { ...document(RULES), range: diagnostic.range, context: { diagnostics: [diagnostic] } }));
  assert.ok(lsp.WorkspaceEdit.is(actions[0].edit));
  const [edit] = allAre(lsp.TextEdit, actions[0].edit.changes[uriOf(RULES)]);
  assert.equal(edit.newText, 'min_coverage');
  await told.edit(RULES, 'min_covrage', edit.newText);
  await told.shown(RULES, 0);
});

await step('types over characters of two units', async () => {
  await told.edit(RULES, 'Tests reach', '\u{1F600}\u00FC Tests reach');
  await told.edit(RULES, 'only {coverage}', '\u{1F600}{coverage} only {coverge}');
  const [mistake] = await told.shown(RULES, 1);
  assert.deepEqual(mistake.range.start, told.at(RULES, 'only {|coverge}').position);
  await told.edit(RULES, '\u{1F600}{coverage} only {coverge}', 'only {coverage}');
  await told.shown(RULES, 0);
});

await step('asks what stands here', async () => {
  const hover = await told.ask(lsp.HoverRequest.type, told.at(RULES, 'coverage >= min_co|verage'));
  assert.ok(lsp.Hover.is(hover));
  assert.match(hover.contents.value, /param min_coverage: percent = 80% in 50%\.\.100%/);
  assert.match(hover.contents.value, /How much of the code/);
  const hints = allAre(lsp.InlayHint, await told.ask(lsp.InlayHintRequest.type, everything(RULES)));
  assert.equal(hints[0].label, '= 80%');
  await told.edit(RULES, 'require coverage >= min_coverage', 'require max(coverage, min_coverage) >= min_coverage');
  const help = await told.ask(lsp.SignatureHelpRequest.type, told.at(RULES, 'max(coverage, |'));
  assert.equal(help.activeParameter, 1);
  assert.ok(help.signatures[0].parameters.length >= 2);
  await told.edit(RULES, 'require max(coverage, min_coverage) >= min_coverage', 'require coverage >= min_coverage');
});

await step('goes to names', async () => {
  const place = told.at(TESTS, 'for rea|dy');
  const expected = lsp.Location.create(uriOf(RULES), lsp.Range.create(told.at(RULES, 'policy |ready').position, told.at(RULES, 'policy ready|').position));
  assert.deepEqual(allAre(lsp.Location, await told.ask(lsp.DefinitionRequest.type, place)), [expected]);
  const typeAt = await told.ask(lsp.TypeDefinitionRequest.type, told.at(TESTS, 'Serv|ice'));
  assert.deepEqual(allAre(lsp.Location, typeAt).map(({ range }) => range.start), [told.at(RULES, '|Service').position]);
  const all = await told.ask(lsp.ReferencesRequest.type,
    { ...told.at(RULES, 'param min_co|verage'), context: { includeDeclaration: true } });
  assert.deepEqual(allAre(lsp.Location, all).map(({ uri }) => path.basename(uri)).sort(), [RULES, RULES, TESTS, TESTS]);
  const marks = await told.ask(lsp.DocumentHighlightRequest.type, told.at(RULES, 'coverage| >='));
  assert.equal(marks.length, 3);
});

await step('renames over files', async () => {
  const place = told.at(RULES, 'param min_co|verage');
  assert.ok(lsp.Range.is(await told.ask(lsp.PrepareRenameRequest.type, place)));
  const edit = await told.ask(lsp.RenameRequest.type, { ...place, newName: 'least' });
  assert.ok(lsp.WorkspaceEdit.is(edit));
  assert.deepEqual(Object.values(edit.changes).map((edits) => allAre(lsp.TextEdit, edits).length), [2, 2]);
  await assert.rejects(told.ask(lsp.RenameRequest.type, { ...place, newName: 'a`b' }), (error) => error instanceof lsp.ResponseError);
});

await step('sees the outline', async () => {
  const symbols = allAre(lsp.DocumentSymbol, await told.ask(lsp.DocumentSymbolRequest.type, document(RULES)));
  assert.deepEqual(symbols.map(({ name }) => name), ['Service', 'min_coverage', 'ready', 'services', 'Service']);
  const found = await told.ask(lsp.WorkspaceSymbolRequest.type, { query: 'tested' });
  assert.ok(found.some(({ name, location }) => name === 'tested' && lsp.Location.is(location)));
  allAre(lsp.FoldingRange, await told.ask(lsp.FoldingRangeRequest.type, document(RULES)));
  const { position } = told.at(RULES, 'coverage >= min_co|verage');
  const [selection] = allAre(lsp.SelectionRange, await told.ask(lsp.SelectionRangeRequest.type, { ...document(RULES), positions: [position] }));
  for (let at = selection; at.parent; at = at.parent) assert.ok(lsp.SelectionRange.is(at.parent));
});

await step('colours', async () => {
  const tokens = await told.ask(lsp.SemanticTokensRequest.type, document(RULES));
  assert.ok(lsp.SemanticTokens.is(tokens) && tokens.data.length > 0 && tokens.data.length % 5 === 0);
  const { legend } = (await told.started).capabilities.semanticTokensProvider;
  assert.ok(tokens.data.every((number, i) => i % 5 !== 3 || legend.tokenTypes[number]));
  const part = await told.ask(lsp.SemanticTokensRangeRequest.type, { ...document(RULES), range: lsp.Range.create(0, 0, 1, 0) });
  assert.deepEqual(part.data, tokens.data.slice(0, part.data.length));
});

await step('completes', async () => {
  await told.edit(RULES, 'require coverage >= min_coverage', 'require coverage >= m');
  const { items } = await told.ask(lsp.CompletionRequest.type, told.at(RULES, 'coverage >= m|'));
  const wanted = items.find(({ label }) => label === 'min_coverage');
  assert.ok(wanted && Object.values(lsp.CompletionItemKind).includes(wanted.kind));
  await told.edit(RULES, 'require coverage >= m', 'require coverage >= min_coverage');
});

await step('formats', async () => {
  await told.edit(RULES, 'param min_coverage: percent', 'param  min_coverage :percent');
  const edits = allAre(lsp.TextEdit, await told.ask(lsp.DocumentFormattingRequest.type, { ...document(RULES), options }));
  const part = await told.ask(lsp.DocumentRangeFormattingRequest.type, { ...everything(RULES), options });
  assert.deepEqual(part, edits);
  const now = told.texts.get(RULES);
  const made = lsp.TextDocument.applyEdits(lsp.TextDocument.create(uriOf(RULES), 'muster', 1, now), edits);
  assert.equal(made, now.replace('param  min_coverage :percent', 'param min_coverage: percent'));
  await told.edit(RULES, 'param  min_coverage :percent', 'param min_coverage: percent');
});

await step('sees what a sample gives, and what it gives once it has changed', async () => {
  const lenses = () => told.ask(lsp.CodeLensRequest.type, document(RULES));
  await lenses();
  await told.when(() => told.refreshed.lenses > 0, 'word of new lenses');
  assert.deepEqual(titles(allAre(lsp.CodeLens, await lenses())), ['4 subjects', '2 met \u00B7 1 unmet \u00B7 1 unknown']);
  const before = told.refreshed.lenses;
  fs.appendFileSync('services.ndjson', '{"id": "e", "coverage": 99}\n');
  await told.connection.sendNotification(lsp.DidChangeWatchedFilesNotification.type,
    { changes: [{ uri: uriOf('services.ndjson'), type: lsp.FileChangeType.Changed }] });
  await told.when(() => told.refreshed.lenses > before, 'word of new lenses');
  await lenses();
  await told.when(() => told.refreshed.lenses > before + 1, 'word of counted lenses');
  assert.deepEqual(titles(await lenses()), ['5 subjects', '3 met \u00B7 1 unmet \u00B7 1 unknown']);
  const [run] = allAre(lsp.CodeLens, await told.ask(lsp.CodeLensRequest.type, document(TESTS)));
  assert.equal(run.command.title, 'run test');
});

await step('takes back what it asked', async () => {
  const source = new lsp.CancellationTokenSource();
  const asked = told.connection.sendRequest(lsp.WorkspaceSymbolRequest.type, { query: '' }, source.token);
  source.cancel();
  // Either it was answered before, or it says that it was cancelled.
  await within(asked.catch((error) => assert.equal(error.code, lsp.LSPErrorCodes.RequestCancelled)), 'end of what was cancelled');
  await told.ask(lsp.FoldingRangeRequest.type, document(RULES));
});

await step('is refused what there is not', async () => {
  await assert.rejects(told.ask(lsp.DocumentColorRequest.type, document(RULES)), (error) => error.code === lsp.ErrorCodes.MethodNotFound);
});

await step('ends', async () => {
  assert.equal(await told.end(), 0);
  assert.deepEqual(told.problems, []);
});

const asks = new Client({
  general: { positionEncodings: ['utf-8', 'utf-16'] },
  workspace: { diagnostics: { refreshSupport: true } },
  textDocument: { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } },
});
asks.inBytes = true;

await step('asks for mistakes, in bytes', async () => {
  const { capabilities } = await asks.started;
  await asks.connection.sendNotification(lsp.InitializedNotification.type, {});
  assert.equal(capabilities.positionEncoding, 'utf-8');
  await asks.open(RULES);
  await asks.edit(RULES, 'only {coverage}', '\u{1F600}\u00FC only {coverage}');
  await asks.edit(RULES, '\u{1F600}\u00FC only {coverage}', '\u{1F600}\u00FC only {coverge}');
  const report = await asks.ask(lsp.DocumentDiagnosticRequest.type, document(RULES));
  assert.equal(report.kind, lsp.DocumentDiagnosticReportKind.Full);
  assert.deepEqual(allAre(lsp.Diagnostic, report.items).map(({ range }) => range.start),
    [asks.at(RULES, '|min_covrage').position, asks.at(RULES, 'only {|coverge}').position]);
  assert.deepEqual(asks.published.filter(({ diagnostics }) => diagnostics.length > 0), []);
});

await step('ends, too', async () => {
  assert.equal(await asks.end(), 0);
  assert.deepEqual(asks.problems, []);
});
