using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Review.Lsp.Protocol;

/// <summary>How a connection ended.</summary>
public enum ConnectionEnd
{
    /// <summary>Somebody called <see cref="RpcConnection.Stop"/>.</summary>
    Stopped,

    /// <summary>The other side closed its stream, or can no longer be written to.</summary>
    Closed,

    /// <summary>What came was no message, so that nothing behind it can be read.</summary>
    Broken,
}

/// <summary>
/// JSON-RPC 2.0 on the base protocol. Messages are taken in the order in which they come: a handler runs on the reading thread until its first
/// <c>await</c>, and what it reads until then is the state that its client knew. Sending never waits for the other side.
/// </summary>
/// <param name="input">What comes in.</param>
/// <param name="output">What goes out.</param>
public sealed class RpcConnection(Stream input, Stream output) : IDisposable
{
    private readonly Dictionary<string, Func<JsonElement, CancellationToken, Task<JsonNode?>>> requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<JsonElement>> notifications = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Action<JsonElement>> asked = [];
    private readonly BlockingCollection<byte[]> outgoing = [];
    private readonly TaskCompletionSource<ConnectionEnd> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lastId;

    /// <summary>Asked before each message is handled: null, or why it is refused. A notification that is refused is dropped.</summary>
    public Func<string, RpcException?> Gate { get; init; } = static _ => null;

    /// <summary>Hears of a defect of a handler: the method, and what was thrown.</summary>
    public Action<string, Exception> OnDefect { get; init; } = static (_, _) => { };

    /// <summary>Handles a request; its result is sent, or the error that it throws.</summary>
    public void Handle(string method, Func<JsonElement, CancellationToken, Task<JsonNode?>> handler) => requests.Add(method, handler);

    /// <summary>Handles a notification.</summary>
    public void Handle(string method, Action<JsonElement> handler) => notifications.Add(method, handler);

    /// <summary>Reads and handles messages until the connection ends; requests that are still running are cancelled then.</summary>
    public ConnectionEnd Run()
    {
        StartThread("sending", Send);
        StartThread("reading", () => end.TrySetResult(ReadAll()));
        var how = end.Task.GetAwaiter().GetResult();
        foreach (var request in running.Values)
        {
            Cancel(request);
        }

        outgoing.CompleteAdding();
        _ = sent.Task.Wait(TimeSpan.FromSeconds(1));
        return how;
    }

    /// <summary>Ends <see cref="Run"/>; what was sent before still goes out.</summary>
    public void Stop() => end.TrySetResult(ConnectionEnd.Stopped);

    /// <summary>Ends <see cref="Run"/> as if the other side had gone away.</summary>
    public void Abandon() => end.TrySetResult(ConnectionEnd.Closed);

    /// <summary>Sends a notification.</summary>
    public void Notify(string method, JsonNode parameters) => Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>Sends a request. Its answer is handled in its turn, on the reading thread as a notification is; it is of kind Undefined if the other side answers with an error.</summary>
    public void Ask(string method, JsonNode? parameters, Action<JsonElement> handler)
    {
        var id = Interlocked.Increment(ref lastId);
        asked[id] = handler;
        Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
    }

    /// <summary>Sends a request for somebody who waits; messages that come behind its answer do not wait for him.</summary>
    public Task<JsonElement> AskAsync(string method, JsonNode? parameters)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        Ask(method, parameters, answer.SetResult);
        return answer.Task;
    }

    public void Dispose() => outgoing.Dispose();

    private static void StartThread(string name, Action work) => new Thread(() => work()) { IsBackground = true, Name = name }.Start();

    private static void Cancel(CancellationTokenSource request)
    {
        try
        {
            request.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request has come to its end meanwhile.
        }
    }

    private void Send()
    {
        var writer = new FrameWriter(output);
        try
        {
            foreach (var content in outgoing.GetConsumingEnumerable())
            {
                writer.Write(content);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            Abandon();
        }

        sent.SetResult();
    }

    private ConnectionEnd ReadAll()
    {
        var reader = new FrameReader(input);
        try
        {
            while (reader.Read() is { } content)
            {
                Take(content);
            }

            return ConnectionEnd.Closed;
        }
        catch (FramingException trouble)
        {
            Answer(null, null, new RpcException(RpcErrorCode.ParseError, trouble.Message));
            return ConnectionEnd.Broken;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            return ConnectionEnd.Closed;
        }
    }

    private void Take(byte[] content)
    {
        JsonElement? id = null;
        try
        {
            var message = RpcMessage.Parse(content, out id);
            if (message.Method is null)
            {
                TakeAnswer(message);
            }
            else if (Gate(message.Method) is { } refusal)
            {
                // A notification has nobody who waits for an answer.
                if (id is not null)
                {
                    Answer(id, null, refusal);
                }
            }
            else if (id is { } named)
            {
                TakeRequest(message.Method, named, message.Content);
            }
            else
            {
                TakeNotification(message.Method, message.Content);
            }
        }
        catch (RpcException trouble)
        {
            Answer(id, null, trouble);
        }
    }

    private void TakeAnswer(RpcMessage message)
    {
        if (message.Id is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) && asked.TryRemove(number, out var handler))
        {
            Tell("the answer to a request", handler, message.Content);
        }
    }

    private void TakeNotification(string method, JsonElement parameters)
    {
        if (method == "$/cancelRequest")
        {
            if (parameters.Find("id") is { } id && running.TryGetValue(id.GetRawText(), out var request))
            {
                Cancel(request);
            }

            return;
        }

        if (notifications.TryGetValue(method, out var handler))
        {
            Tell(method, handler, parameters);
        }
    }

    /// <summary>Hands over what nobody waits for an answer to.</summary>
    private void Tell(string method, Action<JsonElement> handler, JsonElement content)
    {
        try
        {
            handler(content);
        }
        catch (RpcException)
        {
            // Content that cannot be understood: the protocol has no answer to it.
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            OnDefect(method, defect);
        }
    }

    private void TakeRequest(string method, JsonElement id, JsonElement parameters)
    {
        if (!requests.TryGetValue(method, out var handler))
        {
            throw new RpcException(RpcErrorCode.MethodNotFound, $"there is no method '{(method.Length > 80 ? method[..80] : method)}'");
        }

        var cancellation = new CancellationTokenSource();
        var key = id.GetRawText();
        if (!running.TryAdd(key, cancellation))
        {
            cancellation.Dispose();
            throw new RpcException(RpcErrorCode.InvalidRequest, "a request with this id is running already");
        }

        _ = FinishAsync();

        async Task FinishAsync()
        {
            try
            {
                Answer(id, await handler(parameters, cancellation.Token).ConfigureAwait(false), null);
            }
            catch (OperationCanceledException)
            {
                Answer(id, null, new RpcException(RpcErrorCode.RequestCancelled, "cancelled"));
            }
            catch (RpcException trouble)
            {
                Answer(id, null, trouble);
            }
            catch (Exception defect) when (defect is not OutOfMemoryException)
            {
                Answer(id, null, new RpcException(RpcErrorCode.InternalError, $"{defect.GetType().Name}: {defect.Message}"));
                OnDefect(method, defect);
            }
            finally
            {
                if (running.TryRemove(key, out var own))
                {
                    own.Dispose();
                }
            }
        }
    }

    private void Answer(JsonElement? id, JsonNode? result, RpcException? error)
    {
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id is { } given ? JsonNode.Parse(given.GetRawText()) : null };
        if (error is null)
        {
            answer["result"] = result;
        }
        else
        {
            answer["error"] = new JsonObject { ["code"] = (int)error.Code, ["message"] = error.Message };
            if (error.Code == RpcErrorCode.ServerCancelled)
            {
                answer["error"]!["data"] = new JsonObject { ["retriggerRequest"] = error.TryAgain };
            }
        }

        Send(answer);
    }

    private void Send(JsonObject message)
    {
        try
        {
            outgoing.Add(Encoding.UTF8.GetBytes(message.ToJsonString()));
        }
        catch (InvalidOperationException)
        {
            // The connection has ended; nobody reads this any more.
        }
    }
}
