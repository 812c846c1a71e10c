using System.Text.Json;

namespace Review.Tests.Editors;

/// <summary>What the server answers to a client that keeps to the protocol.</summary>
public sealed class ProtocolTests
{
    private const string Pulling = """{"textDocument":{"diagnostic":{}},"workspace":{"diagnostics":{"refreshSupport":true}}}""";
    private const string Acting = """{"textDocument":{"codeAction":{"codeActionLiteralSupport":{}},"publishDiagnostics":{"relatedInformation":true}},"workspace":{"workspaceEdit":{"documentChanges":true}}}""";
    private const string Document = $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}"}}""";

    [Fact]
    public void It_lives_from_initialize_to_exit()
    {
        using var server = ServerUnderTest.Initialized();
        Assert.Equal("mmreview", server.Capabilities.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Equal(2, server.Capabilities.GetProperty("capabilities").GetProperty("textDocumentSync").GetProperty("change").GetInt32());
        Assert.False(server.Capabilities.GetProperty("capabilities").TryGetProperty("documentSymbolProvider", out _));
        Assert.Equal(JsonValueKind.Null, server.Result("shutdown", "null").ValueKind);
        Assert.Equal(-32600, server.ErrorOf("textDocument/hover", Document));
        server.Notify("exit", "null");
        Assert.Equal(0, server.Status());
    }

    [Theory]
    [InlineData("""{"general":{"positionEncodings":["utf-8","utf-16"]}}""", "utf-8", 8)]
    [InlineData("""{"general":{"positionEncodings":["utf-16","utf-8"]}}""", "utf-16", 5)]
    [InlineData("""{"general":{"positionEncodings":["utf-32"]}}""", "utf-16", 5)]
    [InlineData("""{"offsetEncoding":["utf-8"]}""", "utf-8", 8)]
    [InlineData("{}", "utf-16", 5)]
    public void Positions_count_what_was_agreed_on(string capabilities, string encoding, int column)
    {
        using var server = ServerUnderTest.Initialized(capabilities);
        Assert.Equal(encoding, server.Capabilities.GetProperty("capabilities").GetProperty("positionEncoding").GetString());
        server.Open("é😀\r\né😀, bad");
        var range = server.Pushed()[0].GetProperty("range");
        Assert.Equal((1, column), (range.GetProperty("start").GetProperty("line").GetInt32(), range.GetProperty("start").GetProperty("character").GetInt32()));
        Assert.Equal(column + 3, range.GetProperty("end").GetProperty("character").GetInt32());

        // The same units on the way back: a letter in front of the word, counted by the client.
        server.Change("", ServerUnderTest.Range(1, column, 1, column + 3));
        Assert.Equal(0, server.Pushed(2).GetArrayLength());
        server.Change("bad", ServerUnderTest.Range(1, column, 1, column));
        Assert.Equal(column, server.Pushed(3)[0].GetProperty("range").GetProperty("start").GetProperty("character").GetInt32());
    }

    [Fact]
    public void A_finding_shows_where_it_comes_from()
    {
        using var server = ServerUnderTest.Initialized(Acting);
        server.Open("int f;\n\tbad\n");
        var finding = server.Pushed()[0];
        Assert.Equal(("mmreview", "sample-rule", "it is bad", 2), (finding.GetProperty("source").GetString(), finding.GetProperty("code").GetString(), finding.GetProperty("message").GetString(), finding.GetProperty("severity").GetInt32()));
        Assert.Equal("0", finding.GetProperty("data").GetProperty("fingerprint").GetString());
        Assert.Equal(
            [(ServerUnderTest.Uri, 0, "f(): begins here"), ("file:///tree/mm/b.c", 6, "g(): goes on there")],
            finding.GetProperty("relatedInformation").EnumerateArray().Select(static related => (
                related.GetProperty("location").GetProperty("uri").GetString()!, related.GetProperty("location").GetProperty("range").GetProperty("start").GetProperty("line").GetInt32(), related.GetProperty("message").GetString()!)));
    }

    [Fact]
    public void What_is_not_analysed_is_never_shown_as_clean()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("int\nblind;\n");
        var gap = server.Pushed()[0];
        Assert.Equal(("not-analysed", 3, 1), (gap.GetProperty("code").GetString(), gap.GetProperty("severity").GetInt32(), gap.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32()));
    }

    [Fact]
    public void Closing_takes_the_diagnostics_away()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("bad");
        Assert.Equal(1, server.Pushed().GetArrayLength());
        server.Notify("textDocument/didClose", Document);
        Assert.Equal(0, server.Heard("textDocument/publishDiagnostics").GetProperty("params").GetProperty("diagnostics").GetArrayLength());
        Assert.Equal(-32602, server.ErrorOf("textDocument/hover", """{"textDocument":{"uri":"file:///tree/mm/a.c"},"position":{"line":0,"character":0}}"""));
    }

    [Fact]
    public void Diagnostics_are_given_to_whoever_asks_and_pushed_to_nobody_then()
    {
        using var server = ServerUnderTest.Initialized(Pulling);
        Assert.True(server.Capabilities.GetProperty("capabilities").TryGetProperty("diagnosticProvider", out _));
        server.Open("bad bad");
        var report = server.Result("textDocument/diagnostic", Document);
        Assert.Equal(("full", 2), (report.GetProperty("kind").GetString(), report.GetProperty("items").GetArrayLength()));
        var again = server.Result("textDocument/diagnostic", $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}"},"previousResultId":"{{{report.GetProperty("resultId").GetString()}}}"}""");
        Assert.Equal("unchanged", again.GetProperty("kind").GetString());

        // One who asked about a version that is gone is told to ask again.
        server.Change("slow");
        var id = server.Ask("textDocument/diagnostic", Document);
        server.Change("bad");
        var answer = server.Answer(id);
        Assert.Equal(-32802, ServerUnderTest.Code(answer));
        Assert.True(answer.GetProperty("error").GetProperty("data").GetProperty("retriggerRequest").GetBoolean());
        Assert.Equal(1, server.Result("textDocument/diagnostic", Document).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void Who_asks_again_gets_what_the_second_pass_says_and_who_is_never_told_to_waits_for_it()
    {
        using var told = ServerUnderTest.Initialized(Pulling);
        told.Open("bad late");
        _ = told.Result("textDocument/diagnostic", Document);
        Assert.True(SpinWait.SpinUntil(() => told.Result("textDocument/diagnostic", Document).GetProperty("items").GetArrayLength() == 2, TimeSpan.FromSeconds(30)));
        using var waiting = ServerUnderTest.Initialized("""{"textDocument":{"diagnostic":{}}}""");
        waiting.Open("bad late");
        Assert.Equal(2, waiting.Result("textDocument/diagnostic", Document).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void The_pointer_is_told_of_findings_functions_and_advice()
    {
        using var server = ServerUnderTest.Initialized("""{"textDocument":{"hover":{"contentFormat":["markdown"]}}}""");
        server.Open("bad\nmmap_lock(MADV_COLD) 17 x\n");
        _ = server.Pushed();
        Assert.Contains("page of KMM9999", Hover(0, 1), StringComparison.Ordinal);
        Assert.Equal("facts of mmap_lock", Hover(1, 3));
        Assert.Equal("row of MADV_COLD", Hover(1, 12));
        Assert.Null(Hover(1, 22));
        Assert.Null(Hover(1, 25));

        string? Hover(int line, int character) =>
            server.Result("textDocument/hover", $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}"},"position":{"line":{{{line}}},"character":{{{character}}} }}""") is { ValueKind: JsonValueKind.Object } hover ? hover.GetProperty("contents").GetProperty("value").GetString() : null;
    }

    [Fact]
    public void A_finding_is_cured_allowed_or_looked_at()
    {
        using var server = ServerUnderTest.Initialized(Acting);
        server.Open("int f;\n\tbad\n");
        var actions = server.Result("textDocument/codeAction", $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}"},"range":{{{ServerUnderTest.Range(1, 2, 1, 2)}}},"context":{"diagnostics":[],"only":["quickfix"]}}""").EnumerateArray().ToList();
        Assert.Equal(["make it good (sample-rule)", "allow sample-rule here, with a reason", "show a run that sample-rule is about"], actions.Select(static action => action.GetProperty("title").GetString()));
        Assert.True(actions[0].GetProperty("isPreferred").GetBoolean());
        var change = actions[0].GetProperty("edit").GetProperty("documentChanges")[0];
        Assert.Equal(1, change.GetProperty("textDocument").GetProperty("version").GetInt32());
        Assert.Equal("good", change.GetProperty("edits")[0].GetProperty("newText").GetString());
        Assert.Equal("\t/* mmreview: allow sample-rule -- */\n", actions[1].GetProperty("edit").GetProperty("documentChanges")[0].GetProperty("edits")[0].GetProperty("newText").GetString());
        var command = actions[2].GetProperty("command");
        Assert.Equal("confirmed", server.Result("workspace/executeCommand", $$$"""{"command":"mmreview.showWitness","arguments":{{{command.GetProperty("arguments").GetRawText()}}} }""").GetProperty("status").GetString());
        Assert.Equal(0, server.Result("textDocument/codeAction", $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}"},"range":{{{ServerUnderTest.Range(0, 0, 0, 3)}}},"context":{"diagnostics":[]}}""").GetArrayLength());
        Assert.Equal(0, server.Result("textDocument/codeAction", $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}"},"range":{{{ServerUnderTest.Range(1, 2, 1, 2)}}},"context":{"diagnostics":[],"only":["refactor"]}}""").GetArrayLength());
    }

    [Fact]
    public void A_client_that_asks_for_the_reason_has_it_written()
    {
        using var server = ServerUnderTest.Initialized(Acting, """{"commands":["mmreview.suppress"]}""");
        server.Open("  bad\n");
        var request = server.Ask("workspace/executeCommand", $$$"""{"command":"mmreview.suppress","arguments":["{{{ServerUnderTest.Uri}}}","0","sample-rule","it is meant"]}""");
        var edit = server.Heard("workspace/applyEdit");
        Assert.Equal("  /* mmreview: allow sample-rule -- it is meant */\n", edit.GetProperty("params").GetProperty("edit").GetProperty("documentChanges")[0].GetProperty("edits")[0].GetProperty("newText").GetString());
        server.Reply(edit, """{"applied":true}""");
        Assert.Equal(JsonValueKind.Null, server.Answer(request).GetProperty("result").ValueKind);
        Assert.Equal(-32602, server.ErrorOf("workspace/executeCommand", $$$"""{"command":"mmreview.suppress","arguments":["{{{ServerUnderTest.Uri}}}","0","sample-rule","*/ int x; /*"]}"""));
        Assert.Equal(-32602, server.ErrorOf("workspace/executeCommand", """{"command":"rm","arguments":[]}"""));
    }

    [Fact]
    public void Lock_hints_are_off_until_they_are_asked_for()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("lock\n\nlock\n");
        var parameters = $$$"""{"textDocument":{"uri":"{{{ServerUnderTest.Uri}}}"},"range":{{{ServerUnderTest.Range(0, 0, 1, 0)}}} }""";
        Assert.Equal(0, server.Result("textDocument/inlayHint", parameters).GetArrayLength());
        server.Notify("workspace/didChangeConfiguration", """{"settings":{"mmreview":{"lockHints":true}}}""");
        var hint = Assert.Single(server.Result("textDocument/inlayHint", parameters).EnumerateArray());
        Assert.Equal(("takes it", 4), (hint.GetProperty("label").GetString(), hint.GetProperty("position").GetProperty("character").GetInt32()));
    }

    [Fact]
    public void Settings_are_asked_for_where_the_client_tells_them()
    {
        using var server = ServerUnderTest.Initialized("""{"workspace":{"configuration":true,"didChangeConfiguration":{"dynamicRegistration":true}}}""", """{"mmreview":{"base":"v6.1"}}""");
        Assert.Equal("workspace/didChangeConfiguration", server.Heard("client/registerCapability").GetProperty("params").GetProperty("registrations")[0].GetProperty("method").GetString());
        var asked = server.Heard("workspace/configuration");
        Assert.Equal("mmreview", asked.GetProperty("params").GetProperty("items")[0].GetProperty("section").GetString());
        server.Open("bad");
        _ = server.Pushed();
        Assert.Equal("v6.1", server.Reviewer.Settings!.Base);
        server.Reply(asked, """[{"show":"all","rules":"stale-prev","nonsense":1}]""");
        Assert.Contains("mmreview.nonsense", server.Heard("window/logMessage").GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);
        server.Notify("textDocument/didClose", Document);
        server.Open("bad bad", version: 2);
        Assert.Equal(2, server.Pushed(2).GetArrayLength());
        Assert.Equal((Lsp.Reviewing.ShownFindings.All, "stale-prev"), (server.Reviewer.Settings!.Show, server.Reviewer.Settings.Rules));
        server.Notify("workspace/didChangeConfiguration", """{"settings":null}""");
        _ = server.Heard("workspace/configuration");
    }

    [Fact]
    public void Long_work_shows_its_progress()
    {
        using var server = ServerUnderTest.Initialized("""{"window":{"workDoneProgress":true}}""");
        server.Open("slow");
        var token = server.Heard("window/workDoneProgress/create").GetProperty("params").GetProperty("token").GetString();
        var begin = server.Heard("$/progress").GetProperty("params");
        Assert.Equal((token, "begin"), (begin.GetProperty("token").GetString(), begin.GetProperty("value").GetProperty("kind").GetString()));
        server.Change("bad");
        Assert.Equal("end", server.Heard("$/progress").GetProperty("params").GetProperty("value").GetProperty("kind").GetString());
        Assert.Equal(1, server.Pushed(2).GetArrayLength());
    }

    [Fact]
    public void A_request_is_cancelled()
    {
        using var server = ServerUnderTest.Initialized(Pulling);
        server.Open("slow");
        var id = server.Ask("textDocument/diagnostic", Document);
        server.Notify("$/cancelRequest", $$$"""{"id":{{{id}}} }""");
        Assert.Equal(-32800, ServerUnderTest.Code(server.Answer(id)));
        server.Notify("$/cancelRequest", """{"id":"never sent"}""");
    }

    [Fact]
    public void A_key_gives_up_the_review_of_what_was_there_before()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("slow");
        _ = SpinWait.SpinUntil(() => server.Reviewer.Settings is not null, TimeSpan.FromSeconds(30));
        server.Change("bad");
        Assert.Equal(1, server.Pushed(2).GetArrayLength());
        Assert.True(SpinWait.SpinUntil(() => server.Reviewer.Cancelled == 1, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Other_open_files_count_as_their_editors_show_them()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("bad");
        _ = server.Pushed();
        server.Open("int x;", "file:///tree/mm/internal.h");
        Assert.True(SpinWait.SpinUntil(() => server.Reviewer.Open.ContainsKey("/tree/mm/internal.h"), TimeSpan.FromSeconds(30)));
        Assert.Contains("a header", server.Heard("window/logMessage").GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_defect_of_a_review_is_logged_and_the_server_lives()
    {
        using var server = ServerUnderTest.Initialized();
        server.Open("throw");
        Assert.Contains("as told", server.Heard("window/logMessage").GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);
        server.Change("bad");
        Assert.Equal(1, server.Pushed(2).GetArrayLength());
    }
}
