using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Cli.Editor;

/// <summary>
/// What can be said of a new version of a file by looking only at the function that was edited; of the others what was said of the version before. What is found in
/// them may depend on the edit, in more ways than anybody keeps account of, so this is shown at once and put right by a review of the whole file.
/// </summary>
/// <param name="old">The version before.</param>
/// <param name="known">What was said of it.</param>
/// <param name="now">The new version.</param>
internal sealed class PartialReview(TranslationUnit old, AnalysisResult known, TranslationUnit now)
{
    private readonly TextDifference difference = new(old.Text, now.Text);

    /// <summary>Makes the result; null if more than the body of one function has changed.</summary>
    /// <param name="analyse">Runs the rules on functions of the new version.</param>
    public AnalysisResult? Run(Func<Func<FunctionDefinition, bool>, AnalysisResult> analyse)
    {
        if (EditedFunction() is not { } name || ChangesPreprocessing())
        {
            return null;
        }

        var fresh = analyse(function => function.Name == name);
        var reported = SystemCallName.Of(name);
        var names = now.Functions.Select(static function => SystemCallName.Of(function.Name)).ToHashSet(StringComparer.Ordinal);
        bool Stays(string function) => function != reported && (function.Length == 0 || names.Contains(function));

        return fresh with
        {
            Findings = Merge(fresh.Findings, known.Findings.Where(finding => Stays(finding.Function))),
            Suppressed = Merge(fresh.Suppressed, known.Suppressed.Where(finding => Stays(finding.Function))),
            NotAnalysed = [.. fresh.NotAnalysed.Concat(known.NotAnalysed.Where(gap => gap.Rule is not null && Stays(gap.Function ?? ""))).Distinct()],
        };
    }

    /// <summary>The function whose body all of the edit is in, before and after; null if there is none.</summary>
    private string? EditedFunction()
    {
        var before = Bodies(old).FirstOrDefault(body => body.Span.Contains(difference.Old));
        var after = Bodies(now).FirstOrDefault(body => body.Span.Contains(difference.New));
        return before.Name is not null && before.Name == after.Name ? before.Name : null;
    }

    // Of a function that clang does not understand the body cannot be told from the rest.
    private static IEnumerable<(string Name, TextSpan Span)> Bodies(TranslationUnit unit) =>
        unit.Functions.Select(static function => (function.Name, function.Body.Span)).Concat(unit.Problems.Select(static problem => (problem.Function, problem.Span)));

    /// <summary>A directive inside a function may change what the rest of the file means.</summary>
    private bool ChangesPreprocessing() => HoldsDirective(old.Text, difference.Old) || HoldsDirective(now.Text, difference.New);

    private static bool HoldsDirective(SourceText text, TextSpan span)
    {
        var (first, last) = (text.PositionOf(span.Start).Line, text.PositionOf(span.End).Line);
        return Enumerable.Range(first, last - first + 1).Any(line => text.Line(line).TrimStart().StartsWith('#') || text.Line(line).EndsWith('\\'));
    }

    private ImmutableArray<Finding> Merge(ImmutableArray<Finding> fresh, IEnumerable<Finding> carried)
    {
        var moved = carried.Select(Move).OfType<Finding>().Where(finding => finding.Path == now.Path);
        return [.. fresh.Concat(moved).DistinctBy(static finding => (finding.Id, finding.Line, finding.Column, finding.Message)).Order(FindingOrder.Instance)];
    }

    private Finding? Move(Finding finding)
    {
        var place = new TextSpan(OffsetIn(old.Text, finding.Line, finding.Column), OffsetIn(old.Text, finding.EndLine, finding.EndColumn));
        if (difference.Move(place) is not { } moved)
        {
            return null;
        }

        var (start, end) = (now.Text.PositionOf(moved.Start), now.Text.PositionOf(moved.End));
        return finding with
        {
            Line = start.Line,
            Column = start.Column,
            EndLine = end.Line,
            EndColumn = end.Column,
            Trace = [.. finding.Trace.Select(step => step.Path == now.Path ? step with { Line = difference.MoveLine(step.Line) } : step)],
            Fix = finding.Fix is { } fix && fix.Edits.Select(edit => difference.Move(edit.Span)).ToList() is var spans && spans.TrueForAll(static span => span is not null)
                ? fix with { Edits = [.. fix.Edits.Zip(spans, static (edit, span) => edit with { Span = span!.Value })] }
                : null,
        };
    }

    private static int OffsetIn(SourceText text, int line, int column) => text.OffsetOfLine(line) + column - 1;
}
