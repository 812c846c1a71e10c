using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Review.Lsp.Protocol;
using Review.Lsp.Server;

namespace Review.Tests.Editors;

/// <summary>The language server in this process, on pipes, with a reviewer of the tests. Whatever does not come within some seconds is a failure: a server must never hang.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    public const string Uri = "file:///tree/mm/a.c";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Without a limit: what a server no longer reads must not stop the test.
    private readonly Pipe toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe fromServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Stream requests;
    // Not disposed of: the last messages may come when nobody waits any more.
    private readonly BlockingCollection<JsonElement> messages = [];
    private readonly Task<int> server;
    private int lastId;
    private int lastVersion;

    public ServerUnderTest()
    {
        requests = toServer.Writer.AsStream();
        var languageServer = new LanguageServer(toServer.Reader.AsStream(), fromServer.Writer.AsStream(), Reviewer, "0") { WatchParent = (id, gone) => (Parent, ParentGone) = (id, gone) };
        server = Task.Factory.StartNew(languageServer.Run, TaskCreationOptions.LongRunning);
        new Thread(() =>
        {
            var reader = new FrameReader(fromServer.Reader.AsStream());
            while (reader.Read() is { } content)
            {
                messages.Add(JsonDocument.Parse(content).RootElement.Clone());
            }
        })
        { IsBackground = true }.Start();
    }

    public ScriptedReviewer Reviewer { get; } = new();

    public int? Parent { get; private set; }

    public Action? ParentGone { get; private set; }

    /// <summary>A server that has been initialized by a client with some capabilities.</summary>
    public static ServerUnderTest Initialized(string capabilities = "{}", string options = "null")
    {
        var started = new ServerUnderTest();
        started.Capabilities = started.Result("initialize", $$$"""{"processId":null,"rootUri":null,"capabilities":{{{capabilities}}},"initializationOptions":{{{options}}} }""");
        started.Notify("initialized", "{}");
        return started;
    }

    /// <summary>What the server answered to <c>initialize</c>.</summary>
    public JsonElement Capabilities { get; private set; }

    /// <summary>Sends bytes as they are.</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        requests.Write(bytes);
        requests.Flush();
    }

    /// <summary>Sends the content of one message.</summary>
    public void Send(string content) => SendRaw(Encoding.UTF8.GetBytes($"Content-Length: {Encoding.UTF8.GetByteCount(content)}\r\n\r\n{content}"));

    public void Notify(string method, string parameters) => Send($$$"""{"jsonrpc":"2.0","method":"{{{method}}}","params":{{{parameters}}} }""");

    /// <summary>Sends a request and gives its id.</summary>
    public int Ask(string method, string parameters)
    {
        Send($$$"""{"jsonrpc":"2.0","id":{{{++lastId}}},"method":"{{{method}}}","params":{{{parameters}}} }""");
        return lastId;
    }

    /// <summary>The answer to a request.</summary>
    public JsonElement Answer(int id) => Next(message => message.TryGetProperty("id", out var number) && number.ValueKind == JsonValueKind.Number && number.GetInt32() == id && !message.TryGetProperty("method", out _));

    public JsonElement Result(string method, string parameters)
    {
        var answer = Answer(Ask(method, parameters));
        Assert.False(answer.TryGetProperty("error", out _), answer.ToString());
        return answer.GetProperty("result");
    }

    public int ErrorOf(string method, string parameters) => Code(Answer(Ask(method, parameters)));

    public static int Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();

    public void Open(string text, string uri = Uri, int version = 1) => Notify("textDocument/didOpen", $$$"""{"textDocument":{"uri":"{{{uri}}}","languageId":"c","version":{{{lastVersion = version}}},"text":{{{JsonSerializer.Serialize(text)}}} }}""");

    /// <summary>Replaces a range; all of the text if there is none.</summary>
    public void Change(string text, string? range = null, int? version = null, string uri = Uri)
    {
        var place = range is null ? "" : $"\"range\":{range},";
        Notify("textDocument/didChange", $$$"""{"textDocument":{"uri":"{{{uri}}}","version":{{{version ?? ++lastVersion}}} },"contentChanges":[{ {{{place}}}"text":{{{JsonSerializer.Serialize(text)}}} }]}""");
    }

    public static string Range(int line, int from, int toLine, int to) => $$$"""{"start":{"line":{{{line}}},"character":{{{from}}} },"end":{"line":{{{toLine}}},"character":{{{to}}} }}""";

    /// <summary>The diagnostics that are pushed for a version of the document.</summary>
    public JsonElement Pushed(int version = 1, string uri = Uri) => Next(message => message.TryGetProperty("method", out var method) && method.GetString() == "textDocument/publishDiagnostics"
        && message.GetProperty("params").GetProperty("uri").GetString() == uri && message.GetProperty("params").TryGetProperty("version", out var number) && number.GetInt32() == version).GetProperty("params").GetProperty("diagnostics");

    /// <summary>The next request or notification of the server with a method.</summary>
    public JsonElement Heard(string name) => Next(message => message.TryGetProperty("method", out var method) && method.GetString() == name);

    /// <summary>Answers a request of the server.</summary>
    public void Reply(JsonElement request, string result) => Send($$$"""{"jsonrpc":"2.0","id":{{{request.GetProperty("id").GetRawText()}}},"result":{{{result}}} }""");

    /// <summary>The first message that comes and is as wanted; others are dropped.</summary>
    public JsonElement Next(Func<JsonElement, bool> isWanted)
    {
        while (messages.TryTake(out var message, Patience))
        {
            if (isWanted(message))
            {
                return message;
            }
        }

        throw new TimeoutException("the server does not answer");
    }

    /// <summary>Closes the server's input.</summary>
    public void Hang() => requests.Dispose();

    /// <summary>What the server ends with.</summary>
    public int Status() => server.Wait(Patience) ? server.Result : throw new TimeoutException("the server does not end");

    public void Dispose()
    {
        requests.Dispose();
        _ = Status();
    }
}
