using System.Text.Json;
using Review.Cli.Output;
using Review.Tests.Cli;

namespace Review.Tests.Report;

[Collection(NodeCollection.Name)]
public class SarifReportTests(NodePackages node)
{
    public static TheoryData<string> Reports => ["empty", "plain", "hostile"];

    [ToolTheory("npm", "node")]
    [MemberData(nameof(Reports))]
    public void It_obeys_the_schema(string name) => Assert.Equal([], SchemaErrors(SarifReport.Render(Make(name))));

    [ToolFact("npm", "node")]
    public void The_schema_test_can_fail() =>
        Assert.NotEmpty(SchemaErrors(SarifReport.Render(Make("plain")).Replace("\"level\": \"warning\"", "\"level\": \"loud\"", StringComparison.Ordinal)));

    [Fact]
    public void A_result_points_to_its_rule_its_place_and_its_path()
    {
        var run = Parse(Make("plain"));
        var result = run.GetProperty("results")[0];
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal(("KMM9901", "KMM9901", "call-of-bad"), (result.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString(), rule.GetProperty("name").GetString()));
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(("mm/a.c", "%SRCROOT%"), (place.GetProperty("artifactLocation").GetProperty("uri").GetString(), place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString()));
        Assert.Equal("bad()", place.GetProperty("region").GetProperty("snippet").GetProperty("text").GetString());
        Assert.Equal([4, 2, 4, 7], place.GetProperty("region").EnumerateObject().Take(4).Select(property => property.Value.GetInt32()));
        Assert.Matches("^[0-9a-f]{16}$", result.GetProperty("partialFingerprints").GetProperty("mmreview/v1").GetString());
        var steps = result.GetProperty("codeFlows")[0].GetProperty("threadFlows")[0].GetProperty("locations");
        Assert.Equal(["begins here", "calls it"], steps.EnumerateArray().Select(step => step.GetProperty("location").GetProperty("message").GetProperty("text").GetString()));
    }

    [Fact]
    public void What_a_run_tried_goes_with_its_verdict()
    {
        var verdicts = Parse(Make("hostile")).GetProperty("results").EnumerateArray().Select(static result => result.GetProperty("properties")).ToList();
        Assert.StartsWith("two situations were tried", verdicts.Single(static verdict => verdict.GetProperty("witness").GetString() == "refuted").GetProperty("witnessNote").GetString(), StringComparison.Ordinal);
        Assert.All(verdicts.Where(static verdict => verdict.GetProperty("witness").GetString() == "none"), static verdict => Assert.False(verdict.TryGetProperty("witnessNote", out _)));
    }

    [Fact]
    public void Columns_are_counted_in_UTF16_units()
    {
        var report = new SampleAnalysis().Add("mm/a.c", "void f(void)\n{\n\t\"é😀\", bad();\n}\n").Report();
        Assert.Equal(12, report.Result.Findings[0].Column);
        var region = Parse(report).GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal((9, 14), (region.GetProperty("startColumn").GetInt32(), region.GetProperty("endColumn").GetInt32()));
        Assert.Equal("bad()", region.GetProperty("snippet").GetProperty("text").GetString());
    }

    [Fact]
    public void Suppressed_results_say_why_and_the_others_that_they_are_not()
    {
        var results = Parse(Make("hostile")).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("suppressions")).ToList();
        Assert.Equal([0, 0, 0, 1, 1], results.Select(list => list.GetArrayLength()));
        Assert.Equal(["inSource", "external"], results.Skip(3).Select(list => list[0].GetProperty("kind").GetString()));
        Assert.Equal(HostileResult.Message, results[3][0].GetProperty("justification").GetString());
    }

    [Fact]
    public void What_is_not_analysed_is_a_notification_and_a_failed_rule_a_failed_run()
    {
        var invocation = Parse(Make("hostile")).GetProperty("invocations")[0];
        Assert.True(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(2, invocation.GetProperty("toolExecutionNotifications").GetArrayLength());

        var failed = new SampleAnalysis { Rules = Core.Engine.AnalyzerSet.Create([new DefectiveRule(_ => throw new InvalidCastException())]) }.Add("mm/a.c", "int x;\n").Report();
        Assert.False(Parse(failed).GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void Strange_paths_stay_relative_and_text_makes_no_links()
    {
        var report = Make("hostile");
        var run = Parse(report);
        var uri = run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        Assert.Matches("^[A-Za-z0-9%._~/!'()*-]+$", uri);
        Assert.Equal(HostileResult.Path, Uri.UnescapeDataString(uri));
        Assert.False(Uri.TryCreate(uri, UriKind.Absolute, out _) && !uri.StartsWith('/'));
        Assert.Contains(@"\[link](http", run.GetProperty("results")[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        HostileResult.AssertHarmlessOnTerminal(SarifReport.Render(report));
    }

    [Fact]
    public void Rules_carry_their_pages()
    {
        var rules = Parse(Make("plain")).GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var suppression = rules.EnumerateArray().Single(rule => rule.GetProperty("name").GetString() == "suppression");
        Assert.StartsWith("# suppression (KMM0002)", suppression.GetProperty("help").GetProperty("markdown").GetString(), StringComparison.Ordinal);
        Assert.Equal("warning", suppression.GetProperty("defaultConfiguration").GetProperty("level").GetString());
    }

    private static Review.Cli.Output.Report Make(string name) => name switch
    {
        "empty" => new SampleAnalysis().Report(),
        "plain" => new SampleAnalysis().Add("mm/a.c", "void f(int n)\n{\n\tbad();\n\tswitch (n) { }\n\tbad(); /* mmreview: allow call-of-bad -- fine */\n}\nint a, b, c;\n").Report(),
        _ => HostileResult.Report(),
    };

    private static JsonElement Parse(Review.Cli.Output.Report report)
    {
        using var document = JsonDocument.Parse(SarifReport.Render(report));
        return document.RootElement.GetProperty("runs")[0].Clone();
    }

    private List<string> SchemaErrors(string sarif)
    {
        using var folder = new TemporaryFolder();
        folder.Write("report.sarif", sarif);
        return [.. node.Run("sarif-schema.mjs", folder.At("report.sarif")).EnumerateArray().Select(error => error.GetString()!)];
    }
}
