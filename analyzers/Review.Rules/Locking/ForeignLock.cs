using Review.Core.Syntax;

namespace Review.Rules.Locking;

/// <summary>
/// A function that others can call and that gives mmap_lock back at the end, on all paths but those that refuse to begin, and never takes it. Where a flag of its own, set when it begins, says that
/// the lock is held, the lock has to be taken there too.
/// </summary>
internal static class ForeignLock
{
    /// <summary>The release that has no lock to go with it; null if the function is not of this kind.</summary>
    public static CallExpression? Find(FunctionDefinition function, IReadOnlyList<LockExit> exits)
    {
        if (function.Symbol.IsStatic || exits.Count == 0 || !exits.All(static exit => exit.BeganWith ? exit.State.Now == Hold.Not : exit.State.Now == Hold.AsEntered && exit.IsError(isPointer: false))
            || !exits.Any(static exit => exit.BeganWith))
        {
            return null;
        }

        return exits.Select(static exit => exit.State.Since).OfType<CallExpression>()
            .Where(IsUnderOwnFlag)
            .OrderBy(static call => call.Span.Start)
            .FirstOrDefault();
    }

    /// <summary>True for <c>if (locked) release</c> where locked is a number of the function's own that begins as something else than zero.</summary>
    private static bool IsUnderOwnFlag(CallExpression call) =>
        call.Ancestors().OfType<IfStatement>().FirstOrDefault()?.Condition.Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } flag } name
        && name.Ancestors().LastOrDefault() is { } body
        && body.DescendantsAndSelf<LocalDeclaration>().Any(declaration => declaration.Symbol == flag && declaration.Initializer?.Constant is not null and not 0);
}
