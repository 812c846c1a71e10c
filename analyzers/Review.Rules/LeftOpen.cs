using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Rules;

/// <summary>
/// Collects with what paths leave a function that they should have ended. Where every path to a return has it, ending it there is the cure; where some have and others have not,
/// only a person can tell.
/// </summary>
internal sealed class LeftOpen
{
    private readonly List<(VariableSymbol Object, CallExpression Since, ReturnStatement? Return)> open = [];
    private readonly HashSet<(VariableSymbol Object, ReturnStatement Return)> ended = [];

    /// <summary>What was begun and not ended, by the call that began it, with the first return that leaves so.</summary>
    public IEnumerable<(VariableSymbol Object, CallExpression Since, ReturnStatement? Return)> All => open.DistinctBy(static one => one.Since);

    /// <summary>A path leaves with it; null if it runs off the end, or into the next round of a loop.</summary>
    public void AddOpen(VariableSymbol @object, CallExpression since, ReturnStatement? @return) => open.Add((@object, since, @return));

    /// <summary>A path leaves without it.</summary>
    public void AddEnded(VariableSymbol @object, ReturnStatement? @return)
    {
        if (@return is not null)
        {
            _ = ended.Add((@object, @return));
        }
    }

    /// <summary>The cure: a statement before each return that leaves with what a call began; null if there is none.</summary>
    /// <param name="text">The file.</param>
    /// <param name="since">The call that began it.</param>
    /// <param name="end">The call that ends it, without a semicolon.</param>
    /// <param name="placeOf">What the statement goes before, where something else than the return has to come after it; null if nothing has.</param>
    public Fix? CureOf(SourceText text, CallExpression since, string end, Func<ReturnStatement, Statement>? placeOf = null)
    {
        var returns = open.Where(one => one.Since == since).Select(static one => (one.Object, one.Return)).Distinct().ToList();
        return returns.TrueForAll(one => one.Return is not null && !ended.Contains((one.Object, one.Return)))
            ? StatementInsertion.Before(text, returns.Select(one => placeOf?.Invoke(one.Return!) ?? one.Return!), end + ";", $"call {end} before the function is left")
            : null;
    }
}
