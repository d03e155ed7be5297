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

// What lenses over criteria, gates and tests do: the same command that one would type. A task's terminal stays open when
// it is done, and no shell reads the names.
function runTask(name, command, uri, ...rest) {
  const program = vscode.workspace.getConfiguration('muster').get('path', 'muster')
  const execution = new vscode.ProcessExecution(program, [command, vscode.Uri.parse(uri).fsPath, ...rest])
  return vscode.tasks.executeTask(
    new vscode.Task({ type: 'process' }, vscode.TaskScope.Workspace, name, 'muster', execution),
  )
}

const runTest = (uri, test) => runTask(test, 'test', uri, '--filter', test)
const showSample = (uri, policy, part) => runTask(part, 'eval', uri, '--policy', policy, '--format', 'table')

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
