using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>What stays of one input when its tree is dropped.</summary>
internal sealed class UnitOutcome
{
    private UnitOutcome(string path) => Path = path;

    public string Path { get; }

    /// <summary>The file; null if it could not be loaded.</summary>
    public SourceText? Text { get; private init; }

    /// <summary>The functions with their extents.</summary>
    public ImmutableArray<(string Name, TextSpan Span)> Functions { get; private init; } = [];

    /// <summary>What the rules reported, in no particular order.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; private init; } = [];

    public ImmutableArray<SuppressionComment> Suppressions { get; private init; } = [];

    /// <summary>Where no rule looked: left out by the preprocessor, or not understood.</summary>
    public ImmutableArray<TextSpan> Blind { get; private init; } = [];

    public ImmutableArray<NotAnalysed> Gaps { get; private init; } = [];

    /// <summary>A file without a tree.</summary>
    public static UnitOutcome Missing(string path, string reason, string cure) =>
        new(path) { Gaps = [new NotAnalysed(path, null, reason, cure)] };

    /// <summary>A file that was analysed.</summary>
    public static UnitOutcome Of(string path, TranslationUnit unit, UnitAnalysis analysis) => new(path)
    {
        Text = unit.Text,
        Functions = [.. unit.Functions.Select(function => (function.Name, function.Span))],
        Diagnostics = [.. analysis.Diagnostics],
        Suppressions = SuppressionComment.FindAll(unit.Text, unit.Comments),
        Blind = [.. unit.Skipped, .. unit.Problems.Select(problem => problem.Span), .. analysis.Gaps.Select(gap => gap.Function.Span)],
        Gaps =
        [
            .. unit.Problems.Select(problem => GapOf(path, problem)),
            .. analysis.Gaps.Select(gap => new NotAnalysed(
                path, gap.Function.Name, $"{gap.Rule} gave up: {gap.Reason}", "read it with your own eyes; parts moved into functions of their own are easier to follow") { Rule = gap.Rule }),
        ],
    };

    private static NotAnalysed GapOf(string path, FunctionProblem problem) => new(
        path,
        problem.Function.Length == 0 ? null : problem.Function,
        problem.Reason,
        problem.IsInvalidCode ? "make it compile, or name the configuration it is built with: --config FILE" : "please report it: mmreview has to learn this construct");
}
