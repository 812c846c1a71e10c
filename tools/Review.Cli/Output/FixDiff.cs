using System.Collections.Immutable;
using System.Text;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Cli.Output;

/// <summary>The mechanical cures of the findings that are shown, as one patch.</summary>
/// <param name="Text">A unified diff with <c>a/</c> and <c>b/</c>; empty if there is no cure.</param>
/// <param name="LeftOut">Which cures are not in it and why: lower case, no full stop.</param>
internal sealed record FixDiff(string Text, ImmutableArray<string> LeftOut)
{
    /// <summary>Makes the patch. Of cures that overlap the first counts, in the order of the findings.</summary>
    public static FixDiff Of(Report report)
    {
        var text = new StringBuilder();
        var leftOut = ImmutableArray.CreateBuilder<string>();
        foreach (var file in report.Result.Findings.Where(static finding => finding.Fix is not null).GroupBy(static finding => finding.Path, StringComparer.Ordinal))
        {
            var source = report.FindSource(file.Key);
            var taken = new List<(Finding Finding, Fix Fix)>();
            foreach (var finding in file)
            {
                var fix = finding.Fix!;
                if (taken.Exists(earlier => earlier.Fix.Edits.SequenceEqual(fix.Edits)))
                {
                    // The same edits cure both findings.
                    continue;
                }

                if (Obstacle(source, fix, taken) is { } reason)
                {
                    leftOut.Add($"{finding.Path}:{finding.Line}: the fix of {finding.Rule} ({fix.Title}) is left out: {reason}");
                }
                else
                {
                    taken.Add((finding, fix));
                }
            }

            if (taken.Count > 0)
            {
                text.Append(UnifiedDiff.Of(source!, taken.SelectMany(static one => one.Fix.Edits)));
            }
        }

        return new FixDiff(text.ToString(), leftOut.ToImmutable());
    }

    private static string? Obstacle(SourceText? source, Fix fix, List<(Finding Finding, Fix Fix)> taken)
    {
        if (source is null)
        {
            return "the file cannot be read";
        }

        // The lines of a patch are text here: bytes of another encoding would come out changed, and the patch would not apply.
        if (!source.Bytes.SequenceEqual(Encoding.UTF8.GetBytes(source.Slice(new TextSpan(0, source.Length)))))
        {
            return "the file is not UTF-8";
        }

        if (fix.Edits.Any(edit => edit.Span.Start < 0 || edit.Span.End > source.Length || edit.Span.Length < 0)
            || fix.Edits.SelectMany((edit, index) => fix.Edits.Skip(index + 1).Select(other => Overlap(edit, other))).Any(static overlap => overlap))
        {
            return "its edits contradict each other or lie outside the file";
        }

        var rival = taken.Find(earlier => earlier.Fix.Edits.Any(one => fix.Edits.Any(other => Overlap(one, other))));
        return rival.Finding is { } first ? $"it overlaps the fix of {first.Rule} at line {first.Line} ({rival.Fix.Title})" : null;
    }

    // An insertion at the border of another edit would depend on which comes first.
    private static bool Overlap(TextEdit one, TextEdit other) =>
        (one.Span.Start < other.Span.End && other.Span.Start < one.Span.End)
        || (one.Span.Length == 0 && one.Span.Start >= other.Span.Start && one.Span.Start <= other.Span.End)
        || (other.Span.Length == 0 && other.Span.Start >= one.Span.Start && other.Span.Start <= one.Span.End);
}
