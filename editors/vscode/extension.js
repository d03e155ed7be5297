// SPDX-License-Identifier: Apache-2.0
// Starts `muster lsp` for files of Muster and lets it go when the window closes. All that an editor knows about a
// policy comes from there; this file only connects the two.
'use strict'

const vscode = require('vscode')
const { LanguageClient } = require('vscode-languageclient/node')

let client

function start() {
  const program = vscode.workspace.getConfiguration('muster').get('path', 'muster')
  client = new LanguageClient(
    'muster',
    'Muster',
    { command: program, args: ['lsp'] },
    { documentSelector: [{ scheme: 'file', language: 'muster' }] },
  )
  return client.start().catch((error) => {
    const settings = 'Open Settings'
    vscode.window
      .showErrorMessage(`\`${program} lsp\` doesn't start: ${error.message}. Set muster.path to the program.`, settings)
      .then((chosen) => chosen === settings && vscode.commands.executeCommand('workbench.action.openSettings', 'muster.path'))
  })
}

// What stands above tests, criteria and gates calls these: a task, so that its output stays in a terminal.
function runProgram(title, uri, words) {
  const file = vscode.Uri.parse(uri)
  const folder = vscode.workspace.getWorkspaceFolder(file)
  const program = vscode.workspace.getConfiguration('muster').get('path', 'muster')
  const run = new vscode.ProcessExecution(program, words(file.fsPath), folder ? { cwd: folder.uri.fsPath } : undefined)
  return vscode.tasks.executeTask(new vscode.Task({ type: 'process' }, folder || vscode.TaskScope.Global, title, 'muster', run))
}

const runTest = (uri, test) => runProgram(`test ${test}`, uri, (file) => ['test', file, '--filter', test])

const showSample = (uri, policy) => runProgram(`eval ${policy}`, uri, (file) => ['eval', file, '--policy', policy, '--format', 'table'])

async function restart() {
  await stop()
  await start()
}

async function stop() {
  const running = client
  client = undefined
  if (running && running.needsStop()) await running.stop()
}

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand('muster.restart', restart),
    vscode.commands.registerCommand('muster.runTest', runTest),
    vscode.commands.registerCommand('muster.showSample', showSample),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('muster.path') && restart()),
  )
  return start()
}

exports.deactivate = stop
