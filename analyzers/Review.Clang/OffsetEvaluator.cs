using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>The values that a source hands to kbuild, in its order, and what is wrong with it if any could not be found.</summary>
/// <param name="Values">Name and value of each <c>DEFINE(name, value)</c>.</param>
/// <param name="Problem">Why values are missing, in lower case without a full stop; null if none is.</param>
public sealed record OffsetTable(ImmutableArray<KeyValuePair<string, long>> Values, string? Problem);

/// <summary>
/// Computes what kbuild takes out of compiled assembly: sources such as kernel/bounds.c leave marked lines there with the
/// macros of include/linux/kbuild.h, <c>asm volatile("\n.ascii \"-&gt;NAME %0 text\"" : : "i" (value))</c>. Here the value is
/// evaluated in the tree, so that no assembly is made.
/// </summary>
public static partial class OffsetEvaluator
{
    /// <summary>The values that a source defines. Never throws on bad C: says so in <see cref="OffsetTable.Problem"/>.</summary>
    public static OffsetTable Evaluate(ClangParser parser, ParseRequest request)
    {
        ArgumentNullException.ThrowIfNull(parser);
        TranslationUnit unit;
        try
        {
            unit = parser.Parse(request);
        }
        catch (ClangFailedException exception)
        {
            return new OffsetTable([], exception.Message);
        }

        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, long>>();
        var problem = unit.Messages.FirstOrDefault(static message => message.Severity >= CompilerSeverity.Error)?.Text
            ?? (unit.Problems is [var first, ..] ? first.Reason : null);
        foreach (var statement in unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<AsmStatement>()))
        {
            if (Marker().Match(statement.Template) is not { Success: true } marker || statement.Inputs is not [var input])
            {
                continue;
            }

            var name = marker.Groups[1].Value;
            if (input.Value.Constant is { } value)
            {
                values.Add(new(name, value));
            }
            else
            {
                problem ??= $"the value of {name} is not constant";
            }
        }

        return new OffsetTable(values.ToImmutable(), problem);
    }

    // As clang prints the string: kbuild.h's comments and blank lines have no name behind the arrow.
    [GeneratedRegex("""^"\\n\.ascii \\"->([A-Za-z_][A-Za-z0-9_]*) """)]
    private static partial Regex Marker();
}
