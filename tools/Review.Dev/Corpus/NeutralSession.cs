using System.Collections.Immutable;
using System.Text;
using Review.Cli;
using Review.Core.Diagnostics;

namespace Review.Dev.Corpus;

/// <summary>Neutral edits of a file's functions, one of each function at a time, and what they changed.</summary>
/// <param name="Edits">The number of edits tried.</param>
/// <param name="Changes">A line for each finding that came or went.</param>
/// <param name="Failures">A line for each round whose edits clang does not take: they were no neutral ones.</param>
internal sealed record NeutralSession(int Edits, ImmutableArray<string> Changes, ImmutableArray<string> Failures)
{
    /// <summary>Tries the edits of a file.</summary>
    /// <param name="kernel">The tree.</param>
    /// <param name="file">The file.</param>
    /// <param name="rounds">Rounds at most; in each, every function that has edits left gets one of them.</param>
    public static NeutralSession Of(KernelUnderTest kernel, string file, int rounds)
    {
        var unit = kernel.Load(file);
        var before = kernel.FindingsIn(file, [.. unit.Text.Bytes]);
        var functions = NeutralEdit.Of(unit)
            .Where(edit => !before.Any(finding => edit.MayReword(finding, unit.Text)))
            .GroupBy(static edit => edit.Function, StringComparer.Ordinal)
            .Select(static edits => edits.ToList())
            .ToList();
        var (changes, failures) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        var tried = 0;
        for (var round = 0; round < rounds && functions.Exists(edits => round < edits.Count); round++)
        {
            // Functions do not all begin with the same kind.
            var now = functions.Select((edits, index) => (Edits: edits, Index: index)).Where(function => round < function.Edits.Count)
                .Select(function => function.Edits[(round + function.Index) % function.Edits.Count]).ToList();
            var text = new NeutralEdit("all", "", [.. now.SelectMany(static edit => edit.Edits)]).Apply(unit.Text);
            IReadOnlyList<Finding> after;
            try
            {
                after = kernel.FindingsIn(file, Encoding.UTF8.GetBytes(text));
            }
            catch (UserError trouble)
            {
                failures.Add($"round {round}: {trouble.Message}");
                continue;
            }

            tried += now.Count;
            changes.AddRange(after.ExceptBy(before.Select(Key), Key).Select(finding => Tell("new", finding)));
            changes.AddRange(before.ExceptBy(after.Select(Key), Key).Select(finding => Tell("lost", finding)));

            string Tell(string change, Finding finding) =>
                $"{change} {file} {finding.Function}(): {finding.Rule}: {finding.Message}; by {string.Join(", ", now.Where(edit => edit.Function == finding.Function))} in round {round}";
        }

        return new NeutralSession(tried, changes.ToImmutable(), failures.ToImmutable());
    }

    private static (string Rule, string Function, string Fingerprint) Key(Finding finding) => (finding.Rule, finding.Function, finding.Fingerprint);
}
