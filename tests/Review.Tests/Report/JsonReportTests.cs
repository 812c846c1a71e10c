using System.Text.Json;
using Review.Cli.Output;

namespace Review.Tests.Report;

public class JsonReportTests
{
    [Fact]
    public void Properties_have_the_documented_names_and_order()
    {
        using var document = JsonDocument.Parse(JsonReport.Render(HostileResult.Report()));
        var root = document.RootElement;
        Assert.Equal("schema tool kernel files findings suppressed proved notAnalysed stats", Names(root));
        Assert.Equal("mmreview-findings/1", root.GetProperty("schema").GetString());
        Assert.Equal("name version clang binding", Names(root.GetProperty("tool")));
        Assert.Equal("version rev arch config", Names(root.GetProperty("kernel")));
        var finding = root.GetProperty("findings")[0];
        const string Finding = "rule id severity message file line column endLine endColumn function fingerprint trace witness patch fix builds";
        Assert.Equal(Finding, Names(finding));
        Assert.Equal("file line function message", Names(finding.GetProperty("trace")[0]));
        Assert.Equal("status steps violation note", Names(finding.GetProperty("witness")));
        Assert.Equal("thread function file line action", Names(finding.GetProperty("witness").GetProperty("steps")[0]));
        Assert.Equal("title edits", Names(finding.GetProperty("fix")));
        Assert.Equal("start end line column endLine endColumn text", Names(finding.GetProperty("fix").GetProperty("edits")[0]));
        Assert.Equal("words in notIn", Names(finding.GetProperty("builds")));
        Assert.Equal("arch change", Names(finding.GetProperty("builds").GetProperty("notIn")[0]));
        Assert.Equal("introduced survives", Names(finding.GetProperty("patch")));
        Assert.Equal(Finding + " by reason", Names(root.GetProperty("suppressed")[0]));
        Assert.Equal("claim scope", Names(root.GetProperty("proved")[0]));
        Assert.Equal("file function reason cure", Names(root.GetProperty("notAnalysed")[0]));
    }

    [Fact]
    public void Values_come_back_as_they_were()
    {
        using var document = JsonDocument.Parse(JsonReport.Render(HostileResult.Report()));
        var findings = document.RootElement.GetProperty("findings");
        Assert.Equal(HostileResult.Message, findings[0].GetProperty("message").GetString());
        Assert.Equal(HostileResult.Path, findings[0].GetProperty("file").GetString());
        Assert.Equal(["confirmed", "refuted", "none"], findings.EnumerateArray().Select(finding => finding.GetProperty("witness").GetProperty("status").GetString()));
        Assert.Equal(["error", "warning", "info"], findings.EnumerateArray().Select(finding => finding.GetProperty("severity").GetString()));
        Assert.Equal(3, findings[0].GetProperty("patch").GetProperty("introduced").GetInt32());
        Assert.Equal(JsonValueKind.Null, findings[1].GetProperty("patch").ValueKind);
        Assert.Equal(JsonValueKind.Null, findings[2].GetProperty("patch").GetProperty("introduced").ValueKind);
        Assert.Equal(["comment", "baseline"], document.RootElement.GetProperty("suppressed").EnumerateArray().Select(finding => finding.GetProperty("by").GetString()));
        var statistics = document.RootElement.GetProperty("stats");
        Assert.Equal([1, 3, 2, 3, 1, 1, 1, 1, 2], statistics.EnumerateObject().Select(property => property.Value.GetInt32()));
    }

    [Fact]
    public void The_text_can_be_printed_and_is_the_same_every_time()
    {
        var text = JsonReport.Render(HostileResult.Report());
        HostileResult.AssertHarmlessOnTerminal(text);
        Assert.Equal(text, JsonReport.Render(HostileResult.Report()));
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(property => property.Name));
}
