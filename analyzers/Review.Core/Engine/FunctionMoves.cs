using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>Where what stands in functions of one version of a file stands in another one that has the same functions, perhaps elsewhere.</summary>
/// <param name="from">The one version.</param>
/// <param name="to">The other one.</param>
internal sealed class FunctionMoves(TranslationUnit from, TranslationUnit to)
{
    /// <summary>A range inside of a function; null if it is not inside of one that both versions have.</summary>
    public TextSpan? Of(TextSpan span) =>
        from.Around(span.Start) is { } function && span.End <= function.Span.End && Twin(function) is { } twin
            ? new TextSpan(span.Start + twin.Span.Start - function.Span.Start, span.End + twin.Span.Start - function.Span.Start)
            : null;

    /// <summary>A step of a trace.</summary>
    public TraceStep? Of(TraceStep step) =>
        step.Line <= from.Text.LineCount && from.OnLine(step.Line) is { } function && Twin(function) is { } twin
            ? step with { Line = step.Line + to.Text.PositionOf(twin.Span.Start).Line - from.Text.PositionOf(function.Span.Start).Line }
            : null;

    /// <summary>A cure.</summary>
    public Fix? Of(Fix fix)
    {
        var spans = fix.Edits.Select(edit => Of(edit.Span)).ToList();
        return spans.Contains(null) ? null : fix with { Edits = [.. fix.Edits.Zip(spans, static (edit, span) => edit with { Span = span!.Value })] };
    }

    private FunctionDefinition? Twin(FunctionDefinition function) => to.WithRevision(function.Revision);
}
