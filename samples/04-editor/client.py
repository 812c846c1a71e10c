#!/usr/bin/env python3
"""An editor in eighty lines: opens a C file of a kernel tree, takes a line out of it, and prints what mmreview says of that.

    client.py FILE TEXT [SERVER...]

TEXT is part of the line that goes. SERVER is the server's command, "mmreview lsp" by default. The file on disk stays as it is.
"""
import json
import os
import pathlib
import subprocess
import sys


class Server:
    """Talks JSON-RPC to a language server: messages with a Content-Length in front."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.requests = 0

    def send(self, method, params, **more):
        text = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.process.stdin.flush()

    def read(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            name, value = line.split(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return json.loads(self.process.stdout.read(length))

    def ask(self, method, params):
        self.requests += 1
        self.send(method, params, id=self.requests)
        return self.until(lambda message: message.get("id") == self.requests)["result"]

    def until(self, is_wanted):
        while not is_wanted(message := self.read()):
            pass
        return message


file, text, *command = sys.argv[1:]
path = pathlib.Path(file).resolve()
document = {"uri": path.as_uri()}
content = path.read_text()
row = next(number for number, line in enumerate(content.split("\n")) if text in line)

# What the editor can do; positions in UTF-8 spare it to count in UTF-16.
server = Server(command or ["mmreview", "lsp"])
server.ask("initialize", {"processId": os.getpid(), "capabilities": {
    "general": {"positionEncodings": ["utf-8"]},
    "textDocument": {"codeAction": {"codeActionLiteralSupport": {}}, "hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {"relatedInformation": True}},
}})
server.send("initialized", {})

# Version 1 is the file as it is; version 2 lacks a line. Diagnostics come when they are ready, and say of which version they are.
server.send("textDocument/didOpen", {"textDocument": {**document, "languageId": "c", "version": 1, "text": content}})
gone = {"start": {"line": row, "character": 0}, "end": {"line": row + 1, "character": 0}}
server.send("textDocument/didChange", {"textDocument": {**document, "version": 2}, "contentChanges": [{"range": gone, "text": ""}]})
published = server.until(lambda message: message.get("method") == "textDocument/publishDiagnostics" and message["params"].get("version") == 2)

for diagnostic in published["params"]["diagnostics"]:
    place = diagnostic["range"]
    print(f"{path.name}:{place['start']['line'] + 1}: {diagnostic['message']} [{diagnostic['code']}]")
    for step in diagnostic.get("relatedInformation", []):
        print(f"    {step['location']['range']['start']['line'] + 1}: {step['message']}")
    hover = server.ask("textDocument/hover", {"textDocument": document, "position": place["start"]})
    print("  hover:", hover["contents"]["value"].split("\n")[0])
    for action in server.ask("textDocument/codeAction", {"textDocument": document, "range": place, "context": {"diagnostics": [diagnostic]}}):
        print("  action:", action["title"])

server.ask("shutdown", None)
server.send("exit", None)
sys.exit(server.process.wait())
