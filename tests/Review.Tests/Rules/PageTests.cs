using System.Text.RegularExpressions;

namespace Review.Tests.Rules;

/// <summary>The page of a rule stands beside its class; its examples are code that runs here.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Classes => [.. RuleRun.Own.Select(static rule => rule.PageStem)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void The_bad_example_is_reported(string @class) =>
        Assert.All(Examples(@class, "Bad"), code => Assert.NotEmpty(FindingsIn(@class, code)));

    [Theory]
    [MemberData(nameof(Classes))]
    public void The_good_example_is_silent(string @class) =>
        Assert.All(Examples(@class, "Good"), code => Assert.Empty(FindingsIn(@class, code)));

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_limit_of_the_fixture_is_on_the_page_and_no_other(string @class)
    {
        var limits = Section(@class, "Limits");
        Assert.Equal(
            FixtureTests.LimitsOf(@class).Order(StringComparer.Ordinal),
            Limit().Matches(limits).Select(static match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    /// <summary>One short word stands in too many answers that mean something else.</summary>
    [Theory]
    [MemberData(nameof(Classes))]
    public void The_page_has_the_words_by_which_others_speak_of_it(string @class)
    {
        Assert.NotEmpty(Section(@class, "Heard as"));
        Assert.All(RuleRun.RuleOf(@class).HeardAs(), static phrase => Assert.True(phrase.Contains(' ', StringComparison.Ordinal) || phrase.Length >= 6, phrase));
    }

    private static IEnumerable<string> FindingsIn(string @class, string code)
    {
        var unit = RuleRun.Parse($"{@class}.example.c", "#include \"mm.h\"\n" + code);
        return RuleRun.Run(unit, RuleRun.RuleOf(@class).Name).Findings.Select(static finding => $"{finding.Line}: {finding.Message}");
    }

    internal static List<string> Examples(string @class, string heading)
    {
        var examples = CodeBlock().Matches(Section(@class, heading)).Select(static match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(examples);
        return examples;
    }

    private static string Section(string @class, string heading)
    {
        var page = RuleRun.RuleOf(@class).ReadPage();
        Assert.NotNull(page);
        var match = Regex.Match(page, $@"^## {heading}\n(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(match.Success, $"the page of {@class} has no section '{heading}'");
        return match.Groups[1].Value;
    }

    [GeneratedRegex("^```c\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`([a-z_]+_(?:bad_FN|ok_FP))`")]
    private static partial Regex Limit();
}
