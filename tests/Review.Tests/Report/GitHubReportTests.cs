using System.Text.RegularExpressions;
using FsCheck.Fluent;
using FsCheck;
using Review.Cli.Output;
using Review.Core.Diagnostics;

namespace Review.Tests.Report;

public partial class GitHubReportTests
{
    [Fact]
    public void A_finding_is_one_command()
    {
        var text = GitHubReport.Render(new SampleAnalysis().Add("mm/a.c", "void f(void)\n{\n\tbad();\n}\n").Report());
        Assert.Equal(
            "::warning file=mm/a.c,line=4,col=2,endColumn=7,title=call-of-bad KMM9901::f() calls bad()%0Af: begins here%0Af: calls it\n1 file, 1 function, 0 not analysed, 1 finding\n",
            text);
    }

    [Fact]
    public void Hostile_text_injects_no_command()
    {
        var lines = GitHubReport.Render(HostileResult.Report()).TrimEnd('\n').Split('\n');
        HostileResult.AssertHarmlessOnTerminal(string.Join('\n', lines));
        var commands = lines[..^1].Select(Parse).ToList();
        Assert.Equal(["error", "warning", "notice", "notice", "notice"], commands.Select(command => command.Name));
        Assert.All(commands.Take(4), command => Assert.Equal(VisibleText.Of(HostileResult.Path), command.Properties["file"]));
        Assert.StartsWith(VisibleText.Of(HostileResult.Message), commands[0].Data, StringComparison.Ordinal);
        Assert.Equal(["2", "2", "9"], commands.Take(3).Select(command => command.Properties["line"]));
    }

    [Fact]
    public void Any_text_comes_back_as_the_runner_reads_it() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((property, data) =>
        {
            var line = $"::warning file={GitHubReport.Property(property.Get)},title=x::{GitHubReport.Data(data.Get)}";
            var command = Parse(line);
            return !line.Contains('\n', StringComparison.Ordinal) && !line.Contains('\r', StringComparison.Ordinal)
                && command.Properties["file"] == VisibleText.Of(property.Get)
                && command.Data == string.Join('\n', data.Get.Split('\n').Select(VisibleText.Of))
                && command.Properties["title"] == "x";
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    // The reader of actions/runner, ActionCommand.TryParseV2: first "::" after the start ends the properties.
    private static (string Name, Dictionary<string, string> Properties, string Data) Parse(string line)
    {
        var match = Form().Match(line);
        Assert.True(match.Success, line);
        var properties = match.Groups["properties"].Value.Split(',').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Unescape(pair[1], isProperty: true), StringComparer.Ordinal);
        return (match.Groups["name"].Value, properties, Unescape(match.Groups["data"].Value, isProperty: false));
    }

    private static string Unescape(string text, bool isProperty)
    {
        text = text.Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal);
        text = isProperty ? text.Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal) : text;
        return text.Replace("%25", "%", StringComparison.Ordinal);
    }

    [GeneratedRegex("^::(?<name>[a-z]+) (?<properties>.*?)::(?<data>.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
