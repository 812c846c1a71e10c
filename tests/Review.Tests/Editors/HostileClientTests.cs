using System.Text;

namespace Review.Tests.Editors;

/// <summary>What becomes of a client that does not keep to the protocol: an answer, or a clean end with 1; never a hang.</summary>
public sealed class HostileClientTests
{
    [Fact]
    public void Nothing_is_answered_before_initialize()
    {
        using var server = new ServerUnderTest();
        Assert.Equal(-32002, server.ErrorOf("textDocument/hover", "{}"));
        Assert.Equal(-32002, server.ErrorOf("shutdown", "null"));
        server.Open("bad");
        _ = server.Result("initialize", """{"processId":null,"capabilities":{}}""");
        Assert.Equal(-32600, server.ErrorOf("initialize", """{"processId":null,"capabilities":{}}"""));
        server.Notify("exit", "null");
        Assert.Equal(1, server.Status());
    }

    [Fact]
    public void Unknown_methods_are_told_apart()
    {
        using var server = ServerUnderTest.Initialized();
        Assert.Equal(-32601, server.ErrorOf("textDocument/documentSymbol", "{}"));
        Assert.Equal(-32601, server.ErrorOf("$/fancy", "{}"));
        server.Notify("textDocument/fancy", "{}");
        server.Notify("$/fancy", "{}");
        Assert.Equal(-32602, server.ErrorOf("textDocument/hover", "[]"));
        Assert.Equal(-32602, server.ErrorOf("textDocument/hover", """{"textDocument":{"uri":7}}"""));
        Assert.Equal(-32602, server.ErrorOf("workspace/executeCommand", "{}"));
    }

    [Theory]
    [InlineData("{", -32700)]
    [InlineData("", -32700)]
    [InlineData("\"\ud83d\"x", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}]", -32600)]
    [InlineData("{\"id\":{},\"method\":\"shutdown\"}", -32600)]
    [InlineData("{\"id\":5,\"method\":7}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\"}", -32600)]
    public void A_message_that_is_none_is_answered_and_the_next_one_too(string content, int code)
    {
        using var server = ServerUnderTest.Initialized();
        server.Send(content);
        Assert.Equal(code, ServerUnderTest.Code(server.Next(static message => message.TryGetProperty("error", out _))));
        server.Open("bad");
        Assert.Equal(1, server.Pushed().GetArrayLength());
    }

    [Fact]
    public void Deep_nesting_is_no_message()
    {
        using var server = ServerUnderTest.Initialized();
        server.Send(new string('[', 100_000));
        Assert.Equal(-32700, ServerUnderTest.Code(server.Next(static message => message.TryGetProperty("error", out _))));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_no_message()
    {
        using var server = ServerUnderTest.Initialized();
        byte[] content = [.. "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"a"u8, 0xff, .. "\"}"u8];
        server.SendRaw(Encoding.ASCII.GetBytes($"Content-Length: {content.Length}\r\n\r\n"));
        server.SendRaw(content);
        Assert.Equal(-32700, ServerUnderTest.Code(server.Next(static message => message.TryGetProperty("error", out _))));
    }

    [Theory]
    [InlineData("Content-Length: x\r\n\r\n{}")]
    [InlineData("Content-Length: -5\r\n\r\n{}")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n{}")]
    [InlineData("Content-Length: 2000000000\r\n\r\n{}")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")]
    [InlineData("Content-Type: application/vscode-jsonrpc\r\n\r\n{}")]
    [InlineData("hello\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public void Where_the_next_message_begins_is_unknown_the_server_says_so_and_ends(string bytes)
    {
        using var server = ServerUnderTest.Initialized();
        server.SendRaw(Encoding.ASCII.GetBytes(bytes));
        Assert.Equal(-32700, ServerUnderTest.Code(server.Next(static message => message.TryGetProperty("error", out _))));
        Assert.Equal(1, server.Status());
    }

    [Fact]
    public void Garbage_without_an_end_is_not_read_for_ever()
    {
        using var server = new ServerUnderTest();
        server.SendRaw(Encoding.ASCII.GetBytes(new string('x', 100_000)));
        Assert.Equal(1, server.Status());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Le")]
    [InlineData("Content-Length: 100\r\n\r\n{\"jsonrpc\"")]
    public void A_client_that_goes_away_is_followed(string lastWords)
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("slow");
        server.SendRaw(Encoding.ASCII.GetBytes(lastWords));
        server.Hang();
        Assert.Equal(1, server.Status());
    }

    [Fact]
    public void A_client_whose_parent_dies_is_followed()
    {
        using var server = new ServerUnderTest();
        _ = server.Result("initialize", """{"processId":4711,"capabilities":{}}""");
        Assert.Equal(4711, server.Parent);
        server.ParentGone!();
        Assert.Equal(1, server.Status());
    }

    [Fact]
    public void Strange_documents_are_served()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("bad", "untitled:one");
        server.Open("bad", "file://elsewhere/mm/a.c");
        server.Open("bad", "file:///tree/%00/a.c");
        server.Open("bad", "file:///tree/%zz%ff/a b.c");
        Assert.Equal(1, server.Pushed(1, "file:///tree/%zz%ff/a b.c").GetArrayLength());
        server.Change("bad", null, 2, "file:///never/opened.c");
        Assert.Contains("not open", server.Heard("window/logMessage").GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_goes_backwards_is_remarked_on_and_taken()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("x");
        server.Change("bad", ServerUnderTest.Range(0, 1, 0, 1), version: -3);
        Assert.Contains("-3", server.Heard("window/logMessage").GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, server.Pushed(-3)[0].GetProperty("range").GetProperty("start").GetProperty("character").GetInt32());
    }

    [Fact]
    public void Ranges_outside_the_text_and_half_characters_are_served()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("one\n");
        server.Change("😀", ServerUnderTest.Range(99, 4_000_000, 99, 4_000_000));
        server.Change("x", ServerUnderTest.Range(1, 1, 1, 2));
        server.Notify("textDocument/didChange", $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}","version":7},"contentChanges":[{"range":{{{ServerUnderTest.Range(1, 2, 0, 3)}}},"text":"\ud800 bad"}]}""");
        Assert.Equal((0, 5), (server.Pushed(7) is var items && items.GetArrayLength() == 1 ? items[0].GetProperty("range").GetProperty("start").GetProperty("line").GetInt32() : -1, 5));
        server.Notify("textDocument/didChange", $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}","version":8},"contentChanges":[{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}},"text":"x"}]}""");
        server.Change("bad bad", null, version: 9);
        Assert.Equal(2, server.Pushed(9).GetArrayLength());
    }

    [Fact]
    public void Five_megabytes_are_one_edit()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("x\n");
        server.Change(string.Concat(Enumerable.Repeat("/* 0123456789 */\n", 5 << 16)), ServerUnderTest.Range(0, 0, 0, 0));
        server.Change("bad", ServerUnderTest.Range(300_000, 0, 300_000, 2));
        Assert.Equal(300_000, server.Pushed(3)[0].GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());
    }

    [Fact]
    public void A_request_id_is_used_once_at_a_time()
    {
        using var server = ServerUnderTest.Initialized("""{"textDocument":{"diagnostic":{}}}""");
        server.Open("slow");
        var asked = $$$"""{"jsonrpc":"2.0","id":"same","method":"textDocument/diagnostic","params":{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}"} } }""";
        server.Send(asked);
        server.Send(asked);
        Assert.Equal(-32600, ServerUnderTest.Code(server.Next(static message => message.TryGetProperty("error", out _))));
        server.Change("bad");
    }
}
