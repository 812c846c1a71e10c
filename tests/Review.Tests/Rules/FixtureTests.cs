using System.Text.RegularExpressions;
using Review.Core.Diagnostics;
using Review.Core.Syntax;

namespace Review.Tests.Rules;

/// <summary>
/// Every rule has a fixture of its class's name. What its functions' names end in says what they show: <c>_bad</c> a bug that is found,
/// <c>_ok</c> right code, <c>_bad_FN</c> a bug that is not found, <c>_ok_FP</c> right code that is reported.
/// </summary>
public sealed partial class FixtureTests
{
    public static TheoryData<string> Classes => [.. RuleRun.Own.Select(static rule => rule.PageStem)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Findings_are_those_that_are_wanted(string @class)
    {
        var (unit, result, wanted) = Run(@class);
        Assert.Empty(result.NotAnalysed);
        Assert.Empty(WantedFinding.Compare(wanted, result.Findings).Select(difference => $"{unit.Path} {difference}"));
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Names_say_what_functions_show(string @class)
    {
        var (unit, result, wanted) = Run(@class);
        foreach (var function in unit.Functions)
        {
            var isWanted = wanted.Any(want => IsIn(unit, function, want.Line));
            var isShown = result.Findings.Any(finding => IsIn(unit, function, finding.Line));
            var expected = Ending().Match(function.Name).Value is "_bad" or "_ok_FP";
            Assert.True(isWanted == expected && isShown == expected, $"{function.Name}: {(isWanted ? "wanted" : "not wanted")}, {(isShown ? "reported" : "not reported")}");
        }

        Assert.Contains(unit.Functions, static function => function.Name.EndsWith("_bad", StringComparison.Ordinal));
        Assert.Contains(unit.Functions, static function => function.Name.EndsWith("_ok", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fixture_belongs_to_a_rule() =>
        Assert.Equal(
            RuleRun.Own.Select(static rule => rule.PageStem + ".c").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(RuleRun.Folder, "rules")).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    /// <summary>The known limits of a rule, by the names of the fixture's functions.</summary>
    internal static IEnumerable<string> LimitsOf(string @class) =>
        Run(@class).Unit.Functions.Select(static function => function.Name).Where(static name => Ending().Match(name).Value is "_bad_FN" or "_ok_FP");

    private static (TranslationUnit Unit, AnalysisResult Result, List<WantedFinding> Wanted) Run(string @class)
    {
        var rule = RuleRun.RuleOf(@class);
        var path = $"rules/{@class}.c";
        var unit = RuleRun.Parse(path, File.ReadAllText(Path.Combine(RuleRun.Folder, path)));
        return (unit, RuleRun.Run(unit, rule.Name), [.. WantedFinding.In(unit, rule.Descriptor.DefaultSeverity.Word())]);
    }

    private static bool IsIn(TranslationUnit unit, FunctionDefinition function, int line) =>
        line >= unit.Text.PositionOf(function.Span.Start).Line && line <= unit.Text.PositionOf(function.Span.End).Line;

    [GeneratedRegex("_(bad|ok|bad_FN|ok_FP)$")]
    private static partial Regex Ending();
}
