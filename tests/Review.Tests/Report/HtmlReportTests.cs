using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Review.Cli.Output;
using Review.Cli.Pages;
using Review.Core.Diagnostics;
using Review.Tests.Cli;

namespace Review.Tests.Report;

[Collection(NodeCollection.Name)]
public class HtmlReportTests(NodePackages node)
{
    [Fact]
    public void Any_text_in_a_hole_comes_back_as_text() =>
        Prop.ForAll<NonNull<string>>(text =>
        {
            var markup = Html.Of($"<p>{text.Get}</p>").ToString();
            var inner = markup[3..^4];
            return !inner.AsSpan().ContainsAny("<>\"'")
                && WebUtility.HtmlDecode(inner) == string.Join('\t', text.Get.Split('\t').Select(VisibleText.Of));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        var page = HtmlReport.Render(HostileResult.Report());
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(new Regex("""(src|href)=["'](?!#|data:,")""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture), page);
        Assert.DoesNotMatch(new Regex(@"@import|url\(", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture), page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        HostileResult.AssertHarmlessOnTerminal(page.Replace('\t', ' '));
    }

    [Fact]
    public void No_findings_is_said_only_of_what_was_analysed()
    {
        Assert.Contains(">No findings.<", HtmlReport.Render(new SampleAnalysis().Add("mm/a.c", "int x;\n").Report()), StringComparison.Ordinal);
        var gap = new SampleAnalysis().Add(new Core.Engine.AnalysisInput("mm/a.c", _ => Core.Engine.LoadedUnit.Failed("it is binary", "leave it out"))).Report();
        Assert.DoesNotContain(">No findings.<", HtmlReport.Render(gap), StringComparison.Ordinal);
    }

    [ToolFact("npm", "node", "chromium")]
    public void A_browser_shows_it_in_every_light_and_width()
    {
        var seen = Browse(HtmlReport.Render(HostileResult.Report()));
        AssertQuiet(seen);
        Assert.Equal(5, seen.GetProperty("headings").GetArrayLength());
        Assert.Contains(VisibleText.Of(HostileResult.Message), seen.GetProperty("headings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(["é", "é == \"</mark>\") /* <U+001B>[2J 宽 */ return <b>;", "more"], seen.GetProperty("marks").EnumerateArray().Select(mark => mark.GetString()).Take(3));
        Assert.DoesNotContain("script", seen.GetProperty("elements").EnumerateArray().Select(element => element.GetString()));
        Assert.NotEqual(Look(seen, "light", "background"), Look(seen, "dark", "background"));
        Assert.Equal(("rgb(255, 255, 255)", "rgb(0, 0, 0)"), (Look(seen, "print", "background"), Look(seen, "print", "ink")));
        Assert.Equal(0, seen.GetProperty("brokenLinks").GetInt32());
    }

    [ToolFact("npm", "node", "chromium")]
    public void A_browser_shows_a_rule_page()
    {
        var seen = Browse(RulePage.Parse(TerminalPageTests.Everything).ToHtml("a <page>"));
        AssertQuiet(seen);
        Assert.Contains("<b>raw</b>", seen.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Subset(seen.GetProperty("elements").EnumerateArray().Select(element => element.GetString()!).ToHashSet(StringComparer.Ordinal),
            new HashSet<string>(["h1", "h2", "h3", "ul", "ol", "pre", "table", "blockquote", "strong", "em", "hr", "a"], StringComparer.Ordinal));
    }

    private static void AssertQuiet(JsonElement seen)
    {
        Assert.Equal([], seen.GetProperty("console").EnumerateArray().Select(line => line.GetString()));
        Assert.All(seen.GetProperty("requests").EnumerateArray(), request => Assert.Matches("^(file:///.*report\\.html|data:,)$", request.GetString()));
        Assert.Equal(0, seen.GetProperty("dialogs").GetInt32());
        Assert.All(new[] { "light", "dark", "narrow" }, look => Assert.Equal(0, seen.GetProperty(look).GetProperty("overflow").GetInt32()));
    }

    private static string? Look(JsonElement seen, string name, string property) => seen.GetProperty(name).GetProperty(property).GetString();

    private JsonElement Browse(string page)
    {
        using var folder = new TemporaryFolder();
        folder.Write("report.html", page);
        return node.Run("browser.mjs", ToolFactAttribute.Find("chromium")!, folder.At("report.html"));
    }
}
