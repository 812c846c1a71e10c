using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>Where a version of a file has what an edit may change.</summary>
/// <param name="Text">The version.</param>
/// <param name="Parts">The functions whose braces stand in the file and are not a macro's, comments outside of them, and what came with edits since the version that was read.</param>
internal sealed record FileOutline(SourceText Text, ImmutableArray<OutlinePart> Parts)
{
    /// <summary>The outline of a version that was read.</summary>
    public static FileOutline Of(TranslationUnit unit)
    {
        var functions = unit.Functions.Where(HasOwnBody).Select(static function => (function.Span, Inside: Within(function.Body.Span, 1), Kind: OutlineKind.Function)).ToList();
        var comments = unit.Comments.Where(comment => IsBlock(comment) && !functions.Exists(function => function.Span.Contains(comment.Span))).Select(static comment => (comment.Span, Inside: Within(comment.Span, 2), Kind: OutlineKind.Comment));
        return new FileOutline(unit.Text, [.. functions.Concat(comments).Select(static (part, number) => new OutlinePart(number, part.Span, part.Inside, part.Kind))]);
    }

    private static bool HasOwnBody(FunctionDefinition function) => function.Body.Origin.Kind == OriginKind.Spelled && function.Span.Contains(function.Body.Span);

    private static bool IsBlock(Comment comment) => comment.Text.StartsWith("/*", StringComparison.Ordinal) && comment.Text.Length >= 4;

    private static TextSpan Within(TextSpan span, int margin) => new(span.Start + margin, Math.Max(span.Start + margin, span.End - margin));
}

/// <summary>What an edit may change.</summary>
internal enum OutlineKind
{
    /// <summary>A function: its body may change.</summary>
    Function,

    /// <summary>A comment outside of functions: what it says may change.</summary>
    Comment,

    /// <summary>Functions and comments that came with one edit; they may go again.</summary>
    Arrival,
}

/// <summary>One thing that an edit may change.</summary>
/// <param name="Number">The same in all versions since the one that was read.</param>
/// <param name="Span">All of it, in bytes.</param>
/// <param name="Inside">Where it may change and still be the same: between the braces, or between the marks of a comment; empty of an arrival.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct OutlinePart(int Number, TextSpan Span, TextSpan Inside, OutlineKind Kind)
{
    /// <summary>The same behind an edit.</summary>
    public OutlinePart Behind(TreeMove edit)
    {
        var (span, before, after) = (edit.Of(Span), Inside.Start - Span.Start, Span.End - Inside.End);
        return this with { Span = span, Inside = new TextSpan(span.Start + before, span.End - after) };
    }
}
