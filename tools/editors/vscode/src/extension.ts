import { execFile } from 'node:child_process';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExecuteCommandRequest, LanguageClient } from 'vscode-languageclient/node';

// Commands that need a person or a window; the server leaves them to us and is called behind them.
const SHOW_WITNESS = 'mmreview.showWitness';
const SUPPRESS = 'mmreview.suppress';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const register = (name: string, run: (...given: string[]) => Promise<void>) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, (...given: string[]) => run(...given).catch(showError)));
  register('mmreview.reviewBranch', reviewBranch);
  register('mmreview.showMatrix', async () => showPage('Advice of madvise(2)', await run(['matrix', '--format', 'html'])));
  register('mmreview.explainRule', explainRule);
  register('mmreview.restart', async () => client?.restart());
  register(SHOW_WITNESS, showWitness);
  register(SUPPRESS, suppress);
  client = new LanguageClient('mmreview', 'mmreview', { command: program(), args: ['lsp'] }, {
    documentSelector: [{ scheme: 'file', language: 'c' }],
    initializationOptions: { mmreview: vscode.workspace.getConfiguration('mmreview'), commands: [SHOW_WITNESS, SUPPRESS] },
    synchronize: { configurationSection: 'mmreview' },
  });
  await client.start().catch(showError);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

// The program may be named by the user's own settings only ("scope": "machine"): a folder that is looked at must not choose what runs.
function program(): string {
  return vscode.workspace.getConfiguration('mmreview').get('command', 'mmreview');
}

// Runs the program in the folder of the file that is looked at. It ends with 1 where there are findings.
function run(given: string[]): Promise<string> {
  const file = vscode.window.activeTextEditor?.document.uri;
  const folder = file?.scheme === 'file' ? path.dirname(file.fsPath) : vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return new Promise((resolve, reject) =>
    execFile(program(), given, { cwd: folder, maxBuffer: 64 << 20 }, (error, output, errors) =>
      error && error.code !== 1 ? reject(new Error(errors.trim() || error.message)) : resolve(output)));
}

async function reviewBranch(): Promise<void> {
  const base = vscode.workspace.getConfiguration('mmreview').get('base', 'HEAD');
  const from = await vscode.window.showInputBox({ prompt: 'Review the commits since', value: base === 'HEAD' ? 'origin/master' : base });
  if (from) {
    const report = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: `mmreview: ${from}..HEAD` }, () =>
      run(['check', '--rev', `${from}..HEAD`, '--format', 'html', '--fail-on', 'never']));
    showPage(`Review of ${from}..HEAD`, report);
  }
}

async function explainRule(): Promise<void> {
  const rules = (await run(['rules'])).split('\n').map((line) => /^\s*(KMM\d+)\s+(\S+)\s+(.*)$/.exec(line)).filter((match) => match !== null);
  const chosen = await vscode.window.showQuickPick(rules.map((match) => ({ label: match[2], description: match[1], detail: match[3] })), { matchOnDetail: true });
  if (chosen) {
    showPage(chosen.label, await run(['explain', chosen.label, '--format', 'html']));
  }
}

async function showWitness(...given: string[]): Promise<void> {
  const picture: { html: string } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: 'mmreview: running the code on the model' }, () =>
    client!.sendRequest(ExecuteCommandRequest.type, { command: SHOW_WITNESS, arguments: given }));
  showPage(`A run for ${given[2]}`, picture.html);
}

async function suppress(...given: string[]): Promise<void> {
  const reason = await vscode.window.showInputBox({ prompt: `Why is ${given[2]} allowed here?`, validateInput: (text) => (text.includes('*/') ? 'a reason does not end the comment' : undefined) });
  if (reason?.trim()) {
    await client!.sendRequest(ExecuteCommandRequest.type, { command: SUPPRESS, arguments: [...given.slice(0, 3), reason] });
  }
}

// The program's pages hold everything that they show; nothing in them runs.
function showPage(title: string, html: string): void {
  vscode.window.createWebviewPanel('mmreview', title, vscode.ViewColumn.Beside, { enableScripts: false }).webview.html = html;
}

function showError(error: unknown): void {
  void vscode.window.showErrorMessage(`mmreview: ${error instanceof Error ? error.message : String(error)}`);
}
