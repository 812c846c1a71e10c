using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>Where a version of a file has the functions whose braces stand in the file and are not a macro's, in its order.</summary>
/// <param name="Text">The version.</param>
/// <param name="Functions">The functions.</param>
internal sealed record FileOutline(SourceText Text, ImmutableArray<FunctionOutline> Functions)
{
    /// <summary>The outline of a version that was read.</summary>
    public static FileOutline Of(TranslationUnit unit) =>
        new(unit.Text, [.. unit.Functions.Where(HasOwnBody).Select(static function => new FunctionOutline(function.Span, function.Body.Span))]);

    /// <summary>The outline of the version behind an edit.</summary>
    public FileOutline Behind(TreeMove edit, SourceText now) => new(now, [.. Functions.Select(function => new FunctionOutline(edit.Of(function.Span), edit.Of(function.Body)))]);

    private static bool HasOwnBody(FunctionDefinition function) => function.Body.Origin.Kind == OriginKind.Spelled && function.Span.Contains(function.Body.Span);
}

/// <summary>Where a function stands.</summary>
/// <param name="Span">All of it, in bytes.</param>
/// <param name="Body">Its body with the braces.</param>
internal readonly record struct FunctionOutline(TextSpan Span, TextSpan Body)
{
    /// <summary>What stands between the braces.</summary>
    public TextSpan Inside => new(Body.Start + 1, Math.Max(Body.Start + 1, Body.End - 1));
}
