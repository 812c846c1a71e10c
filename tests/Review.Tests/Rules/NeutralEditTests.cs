using Review.Core.Diagnostics;
using Review.Dev.Corpus;

namespace Review.Tests.Rules;

/// <summary>
/// Edits that change nothing about what a function does change no finding: renamed locals, comments, independent statements swapped, <c>goto</c> to early return,
/// a call moved into a helper, braces, a condition turned round, <c>for</c> to <c>while</c>. Several edits are done one after the other, chosen by chance, in every rule's fixture.
/// </summary>
public sealed class NeutralEditTests
{
    /// <summary>Edits done one after the other.</summary>
    private const int Longest = 6;

    /// <summary>Sequences of edits tried for each rule.</summary>
    private const int Runs = 8;

    /// <summary>Edits that take from a function the only thing that tells what it does wrong.</summary>
    private static readonly HashSet<(string Class, string Function, string Kind)> Limits =
    [
        // The walker that looks at the mark is in another file.
        ("StalePrev", "collapse_flag_bad", "locals renamed"),
    ];

    public static TheoryData<string> Classes => [.. RuleRun.Own.Select(static rule => rule.PageStem)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Neutral_edits_change_no_finding(string @class)
    {
        var wrong = new List<string>();
        var rule = RuleRun.RuleOf(@class).Name;
        var path = $"rules/{@class}.c";
        var original = RuleRun.Parse(path, File.ReadAllText(Path.Combine(RuleRun.Folder, path)));
        var wanted = RuleRun.Run(original, rule).Findings;
        for (var run = 0; run < Runs; run++)
        {
            // The same sequences every time: what passes here passes everywhere.
            var random = new Random(run);
            var unit = original;
            var done = new List<NeutralEdit>();
            var reworded = new HashSet<string>(StringComparer.Ordinal);
            for (var step = 0; step < Longest; step++)
            {
                var edits = NeutralEdit.Of(unit).Where(edit => IsCase(edit.Function) && !IsLimit(@class, edit) && !done.Any(before => before.Function == edit.Function && before.Kind == edit.Kind)).ToList();
                if (edits.Count == 0)
                {
                    break;
                }

                var edit = edits[random.Next(edits.Count)];
                if (edit.IsExtraction || edit.Kind is "branches turned round" or "conditions nested")
                {
                    // What the finding is about is another statement from here on, or the first of two is the other one: the finding has to stay, not its fingerprint.
                    reworded.UnionWith(RuleRun.Run(unit, rule).Findings.Where(finding => edit.Touches(finding, unit.Text)).Select(static finding => finding.Function));
                }

                done.Add(edit);
                unit = RuleRun.Parse(path, edit.Apply(unit.Text));
            }

            var before = Keys(wanted, reworded);
            var after = Keys(RuleRun.Run(unit, rule).Findings, reworded);
            wrong.AddRange(before.Except(after, StringComparer.Ordinal).Select(key => $"lost {key} by {string.Join(", ", done)}").Concat(after.Except(before, StringComparer.Ordinal).Select(key => $"new {key} by {string.Join(", ", done)}")));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static bool IsLimit(string @class, NeutralEdit edit) => Limits.Contains((@class, edit.Function, edit.Kind));

    /// <summary>The functions that show something; helpers beside them stay as they are.</summary>
    private static bool IsCase(string function) => function.EndsWith("_bad", StringComparison.Ordinal) || function.EndsWith("_ok", StringComparison.Ordinal) || function.EndsWith("_bad_FN", StringComparison.Ordinal) || function.EndsWith("_ok_FP", StringComparison.Ordinal);

    private static List<string> Keys(IEnumerable<Finding> findings, HashSet<string> reworded) =>
        [.. findings.Select(finding => reworded.Contains(finding.Function) ? finding.Function : $"{finding.Function} {finding.Fingerprint}").Order(StringComparer.Ordinal)];
}
