using Review.Core.Syntax;

namespace Review.Rules.Locking;

/// <summary>
/// A callee has dropped mmap_lock, the function takes it again and notes that in a variable: what was found under the lock before is worth nothing any more. Where nobody asks the variable the caller
/// goes on with it.
/// </summary>
internal static class UnaskedDrop
{
    /// <summary>The variables in which a function that takes the lock notes that it was dropped, and which it never asks.</summary>
    public static IEnumerable<(AssignmentExpression Note, VariableSymbol Variable)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var group in function.Body.DescendantsAndSelf<AssignmentExpression>().Where(static assignment => assignment is { Compound: null, Value.Constant: not null, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local, Type.Canonical: IntegerType } variable } }
                && variable.Name.Contains("drop", StringComparison.Ordinal)).GroupBy(static assignment => (VariableSymbol)((NameExpression)assignment.Target).Symbol))
        {
            if (group.FirstOrDefault(static assignment => assignment.Value.Constant != 0) is { } note
                && function.Body.DescendantsAndSelf<NameExpression>().All(name => name.Symbol != group.Key || group.Any(assignment => assignment.Target == name)) && function.Body.DescendantsAndSelf<CallExpression>().Any(Takes))
            {
                yield return (note, group.Key);
            }
        }
    }

    private static bool Takes(CallExpression call) => MmapLockModeFacts.EffectsOf(call).Any(static effect => effect is MmapLockModeFacts.LocksForReading or MmapLockModeFacts.LocksForWriting);
}
