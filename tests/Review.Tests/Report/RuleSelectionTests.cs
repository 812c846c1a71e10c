using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Tests.Report;

public class RuleSelectionTests
{
    private static readonly RuleCatalog Catalog = SampleRules.All.Catalog;

    [Theory]
    [InlineData("call-of-bad", "call-of-bad")]
    [InlineData("KMM9902", "empty-switch")]
    [InlineData(" kmm9902 , Call-Of-Bad ", "call-of-bad empty-switch")]
    [InlineData("Locking", "call-of-bad")]
    [InlineData("*-of-*", "call-of-bad")]
    [InlineData("KMM99*", "call-of-bad empty-switch many-globals")]
    [InlineData("KMM990?,suppression", "suppression call-of-bad empty-switch many-globals")]
    public void Names_numbers_categories_and_globs_select(string list, string expected)
    {
        var selection = RuleSelection.Parse(list, Catalog);
        Assert.Equal("engine " + expected, string.Join(' ', Catalog.Rules.Where(selection.Contains).Select(rule => rule.Name)));
    }

    [Theory]
    [InlineData("call-of-bat", "there is no rule 'call-of-bat': did you mean call-of-bad?")]
    [InlineData("KMM9911", "there is no rule 'KMM9911': did you mean KMM9901?")]
    [InlineData("Lokcing", "there is no category 'Lokcing': did you mean Locking?")]
    [InlineData("zzzzzzzzzzzz", "there is no rule 'zzzzzzzzzzzz'")]
    [InlineData("zz*", "no rule matches 'zz*': see mmreview rules")]
    [InlineData("call-of-bad,nonesuch-at-all", "there is no rule 'nonesuch-at-all'")]
    [InlineData(" , ", "the list of rules is empty: name rules, numbers, globs or categories, separated by commas")]
    public void What_selects_nothing_is_an_error(string list, string message) =>
        Assert.Equal(message, Assert.Throws<RuleSelectionException>(() => RuleSelection.Parse(list, Catalog)).Message);

    [Fact]
    public void Only_selected_rules_run()
    {
        var options = new AnalysisOptions { Parallelism = 1, Rules = RuleSelection.Parse("empty-switch", Catalog) };
        var result = SampleAnalysis.RunOn("void f(int n)\n{\n\tbad();\n\tswitch (n) { }\n}\n", options);
        Assert.Equal("empty-switch", Assert.Single(result.Findings).Rule);
        Assert.Equal(["empty-switch", "engine"], result.Rules.AsEnumerable());
    }

    [Theory]
    [InlineData("stale-perv", "stale-prev")]
    [InlineData("stalepre", "stale-prev")]
    [InlineData("STALE-USE", "stale-vma-use")]
    [InlineData("qqqq", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_offered(string written, string? expected) =>
        Assert.Equal(expected, NearestName.Of(written, ["stale-vma-use", "stale-prev", "notifier-unpaired"]));
}
