using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>What stays of one input when its tree is dropped.</summary>
internal sealed class UnitOutcome
{
    private UnitOutcome(AnalysisInput input) => (Path, Build) = (input.Path, input.Build);

    public string Path { get; }

    /// <summary>What it was compiled for.</summary>
    public AnalysedBuild Build { get; }

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

    private const string MakeItCompile = "make it compile, or name the configuration it is built with: --config FILE";

    /// <summary>A file without a tree.</summary>
    public static UnitOutcome Missing(AnalysisInput input, string reason, string cure) =>
        new(input) { Gaps = [new NotAnalysed(input.Path, null, reason, cure)] };

    /// <summary>A file that was analysed.</summary>
    public static UnitOutcome Of(AnalysisInput input, TranslationUnit unit, UnitAnalysis analysis) => new(input)
    {
        Text = unit.Text,
        Functions = [.. unit.Functions.Concat(unit.SeenThrough).Select(function => (SystemCallName.Of(function.Name), function.Span))],
        Diagnostics = [.. analysis.Diagnostics],
        Suppressions = SuppressionComment.FindAll(unit.Text, unit.Comments),
        Blind = [.. unit.Skipped, .. unit.Problems.Select(problem => problem.Span), .. analysis.Gaps.Select(gap => gap.Function.Span), .. analysis.LeftOut.Select(function => function.Span)],
        Gaps =
        [
            .. ErrorsOf(input.Path, unit),
            .. unit.Problems.Select(problem => GapOf(input.Path, problem)),
            .. analysis.Gaps.Select(gap => new NotAnalysed(
                input.Path, SystemCallName.Of(gap.Function.Name), $"{gap.Rule} gave up: {gap.Reason}", "read it with your own eyes; parts moved into functions of their own are easier to follow") { Rule = gap.Rule }),
        ],
    };

    // Behind an error clang guesses, so the file as a whole is not known to be clean.
    private static IEnumerable<NotAnalysed> ErrorsOf(string path, TranslationUnit unit)
    {
        var errors = unit.Messages.Where(message => message.Severity >= CompilerSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            var others = errors.Count > 1 ? $" and {errors.Count - 1} more" : "";
            yield return new NotAnalysed(path, null, $"clang reports: {errors[0].Text} ({errors[0].Path ?? path}:{errors[0].Line}){others}", MakeItCompile);
        }
    }

    private static NotAnalysed GapOf(string path, FunctionProblem problem) => new(
        path, problem.Function, problem.Reason, problem.IsInvalidCode ? MakeItCompile : "please report it: mmreview has to learn this construct");
}
