using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Cli;
using Review.Lsp.Documents;
using Review.Lsp.Protocol;

namespace Review.Benchmarks;

/// <summary>A language client as small as it can be: starts <c>mmreview lsp</c> and edits one file.</summary>
internal sealed class EditorClient : IDisposable
{
    /// <summary>Number of the request about version 0; those with lower numbers are about something else.</summary>
    private const int FirstAnswer = 1000;

    private readonly Process server;
    private readonly FrameWriter writer;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<bool>> shown = [];
    private readonly ConcurrentDictionary<int, TaskCompletionSource<bool>> answered = [];
    private readonly string uri;
    private int version = 1;

    /// <summary>Starts the server and opens a file with a text.</summary>
    public EditorClient(string file, string text)
    {
        uri = FileUri.Of(file);
        server = Process.Start(new ProcessStartInfo(BuiltProgram.File, [.. BuiltProgram.Start, "lsp"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        writer = new FrameWriter(server.StandardInput.BaseStream);
        new Thread(Read) { IsBackground = true }.Start();
        Send("initialize", new JsonObject { ["processId"] = Environment.ProcessId, ["capabilities"] = new JsonObject() }, id: 1);
        Send("initialized", new JsonObject());
        var first = Await(shown);
        Send("textDocument/didOpen", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "c", ["version"] = version, ["text"] = text } });
        _ = first.GetAwaiter().GetResult();
    }

    /// <summary>Memory of the server that is its own and in use, in MB.</summary>
    public long Memory
    {
        get
        {
            server.Refresh();
            return server.WorkingSet64 >> 20;
        }
    }

    /// <summary>Puts a text into a line, or takes some characters out of it.</summary>
    /// <returns>When its first diagnostics are there, and when all that there is to say is: the time since the change was sent.</returns>
    public (Task<TimeSpan> First, Task<TimeSpan> Complete) Change(int line, int from, int to, string text)
    {
        version++;
        var (first, complete) = (Await(shown), Await(answered));
        Send("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
            ["contentChanges"] = new JsonArray(new JsonObject
            {
                ["range"] = new JsonObject { ["start"] = new JsonObject { ["line"] = line, ["character"] = from }, ["end"] = new JsonObject { ["line"] = line, ["character"] = to } },
                ["text"] = text,
            }),
        });

        // Who asks and cannot be told to ask again is answered when all is done.
        Send("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } }, id: FirstAnswer + version);
        return (first, complete);
    }

    public void Dispose()
    {
        Send("shutdown", null, id: 2);
        Send("exit", null);
        if (!server.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            server.Kill();
        }

        server.Dispose();
    }

    private Task<TimeSpan> Await(ConcurrentDictionary<int, TaskCompletionSource<bool>> awaited)
    {
        var (start, source) = (Stopwatch.GetTimestamp(), new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        awaited[version] = source;
        return source.Task.ContinueWith(_ => Stopwatch.GetElapsedTime(start), TaskScheduler.Default);
    }

    private void Read()
    {
        var reader = new FrameReader(server.StandardOutput.BaseStream);
        while (reader.Read() is { } content)
        {
            using var message = JsonDocument.Parse(content);
            if (message.RootElement.TryGetProperty("method", out var method) && method.GetString() == "textDocument/publishDiagnostics"
                && message.RootElement.GetProperty("params").TryGetProperty("version", out var number) && shown.TryRemove(number.GetInt32(), out var source))
            {
                source.SetResult(true);
            }
            else if (message.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && answered.TryRemove(id.GetInt32() - FirstAnswer, out var waiting))
            {
                waiting.SetResult(true);
            }
        }
    }

    private void Send(string method, JsonNode? parameters, int? id = null)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (parameters is not null)
        {
            message["params"] = parameters;
        }

        if (id is not null)
        {
            message["id"] = id;
        }

        writer.Write(Encoding.UTF8.GetBytes(message.ToJsonString()));
    }
}
