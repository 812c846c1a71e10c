using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>What clang says of a version only because it got it without the bodies of most functions, see <see cref="EditSequence.WithoutOtherBodies"/>.</summary>
internal static class MissingBodies
{
    // clang says these of a function or variable of the file when it has seen all of the file.
    private static readonly string[] OfFunctions = ["-Wunused-function", "-Wunneeded-internal-declaration"];
    private static readonly string[] OfVariables = ["-Wunused-variable", "-Wunused-const-variable"];

    /// <summary>
    /// True for a warning, or one that the kernel takes for an error, about another function than the edited ones, or about something that nobody uses: of the version before, which
    /// had the same bodies, there was nothing to say.
    /// </summary>
    public static bool IsReasonOf(CompilerMessage message, TranslationUnit before, EditSequence edits, string path) =>
        message.Option.Length > 0 && message.Path == path
        && (OfFunctions.Contains(message.Option)
            || (!edits.Contains(message.Offset) && (OfVariables.Contains(message.Option) || before.Functions.Any(function => edits.InLast(function.Span)?.Contains(message.Offset) == true))));

    /// <summary>True if a function or a variable of the file may be in use now that was not before, or the other way around.</summary>
    public static bool MayChangeUse(TranslationUnit before, IReadOnlyList<FunctionDefinition> now)
    {
        var (revisions, known) = (before.Functions.Select(static function => function.Revision).ToHashSet(), before.Functions.Select(static function => function.Name).ToHashSet(StringComparer.Ordinal));
        var (changed, same) = (now.Where(function => !revisions.Contains(function.Revision)).ToList(), now.Where(function => revisions.Contains(function.Revision)).ToList());
        revisions = [.. now.Select(static function => function.Revision)];
        var named = before.Functions.Where(function => !revisions.Contains(function.Revision)).SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        named.SymmetricExceptWith(changed.SelectMany(NamesIn));
        named.IntersectWith(now.Select(static function => function.Name).Where(known.Contains).Concat(before.Globals.Select(static global => global.Symbol.Name)));
        foreach (var function in named.Count == 0 ? [] : same)
        {
            named.ExceptWith(NamesIn(function).Where(name => name != function.Name));
        }

        return named.Count > 0 || changed.Exists(function => !known.Contains(function.Name) && function.Symbol.IsStatic && !changed.Exists(other => other != function && NamesIn(other).Contains(function.Name)));
    }

    private static IEnumerable<string> NamesIn(FunctionDefinition function) => NamesIn(function.Body);

    private static IEnumerable<string> NamesIn(Node tree) => tree.DescendantsAndSelf().OfType<NameExpression>().Where(static name => name.Symbol is not VariableSymbol { IsAutomatic: true }).Select(static name => name.Symbol.Name);
}
