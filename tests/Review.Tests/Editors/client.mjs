// A client with the library that Visual Studio Code's own clients are made of. Opens MMREVIEW_FILE as MMREVIEW_EDITED reads, pulls the diagnostic of MMREVIEW_RULE, asks
// what it is, applies its fix as an incremental change, sees it go, looks at a run, and ends the server. Prints one line for each step.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import rpc from 'vscode-jsonrpc/node.js';

const say = (...words) => console.log(words.join('\t').split('\n')[0]);
const [program, ...rest] = process.env.MMREVIEW_PROGRAM.split('\n');
const server = spawn(program, [...rest, 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => server.on('exit', resolve));
const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
let refresh;
connection.onRequest('workspace/diagnostic/refresh', () => refresh?.());
connection.onRequest('workspace/configuration', (asked) => asked.items.map(() => ({ show: 'changed' })));
connection.onRequest('client/registerCapability', () => null);
connection.onRequest('window/workDoneProgress/create', () => null);
connection.listen();

const { capabilities } = await connection.sendRequest('initialize', {
  processId: process.pid,
  rootUri: null,
  initializationOptions: { commands: ['mmreview.showWitness', 'mmreview.suppress'] },
  capabilities: {
    general: { positionEncodings: ['utf-16'] },
    workspace: { configuration: true, diagnostics: { refreshSupport: true }, workspaceEdit: { documentChanges: true } },
    textDocument: { diagnostic: { relatedInformation: true }, codeAction: { codeActionLiteralSupport: {} }, hover: { contentFormat: ['markdown'] } },
  },
});
say('initialized', capabilities.positionEncoding, Boolean(capabilities.diagnosticProvider));
await connection.sendNotification('initialized', {});
const uri = pathToFileURL(process.env.MMREVIEW_FILE).href;
const textDocument = { uri };
const text = readFileSync(process.env.MMREVIEW_EDITED, 'utf8');
await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'c', version: 1, text } });

// As the clients do: again when the server says that the file has changed meanwhile.
async function pull() {
  for (;;) {
    try {
      const report = await connection.sendRequest('textDocument/diagnostic', { textDocument });
      return report.items.filter((item) => item.code === process.env.MMREVIEW_RULE);
    } catch (error) {
      if (!error.data?.retriggerRequest) {
        throw error;
      }
    }
  }
}

const [found] = await pull();
say('diagnostic', found.message);
say('related', found.relatedInformation.length > 0);
const hover = await connection.sendRequest('textDocument/hover', { textDocument, position: found.range.start });
say('hover', hover.contents.value);
const actions = await connection.sendRequest('textDocument/codeAction', { textDocument, range: found.range, context: { diagnostics: [found] } });
say('actions', actions.map((action) => action.title).join('; '));
const run = actions.find((action) => action.command?.command === 'mmreview.showWitness').command;
const picture = await connection.sendRequest('workspace/executeCommand', { command: run.command, arguments: run.arguments });
say('run', ['confirmed', 'refuted', 'none'].includes(picture.status) && picture.html.includes('<html'));
const advice = text.slice(0, text.indexOf('case MADV_DONTNEED:')).split('\n').length - 1;
const row = await connection.sendRequest('textDocument/hover', { textDocument, position: { line: advice, character: text.split('\n')[advice].indexOf('MADV_') + 2 } });
say('advice', row.contents.value);
const call = text.slice(0, text.indexOf('mmap_read_lock(mm);')).split('\n').length - 1;
const facts = await connection.sendRequest('textDocument/hover', { textDocument, position: { line: call, character: text.split('\n')[call].indexOf('mmap_read_lock') + 2 } });
say('facts', facts.contents.value.includes('takes mmap_lock'));
const [change] = actions.find((action) => action.isPreferred).edit.documentChanges;
// From the end to the beginning, so that no edit moves another one.
const contentChanges = change.edits.map((edit) => ({ range: edit.range, text: edit.newText })).reverse();
await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges });
say('left', (await pull()).length);
await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
say('ended', await ended);
process.exit(0);
