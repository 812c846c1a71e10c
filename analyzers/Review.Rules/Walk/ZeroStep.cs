using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// A loop goes on by a number that its body has to set, <c>for (; start &lt; end; start += size)</c>. A round that ends without setting it goes on by nothing where it is the first one, and by the size
/// of another thing later on.
/// </summary>
internal static class ZeroStep
{
    /// <summary>The steps by a number that some round does not set, and that is zero before the loop.</summary>
    public static IEnumerable<(AssignmentExpression Step, VariableSymbol Cursor, VariableSymbol Size)> In(LoopRound round, FunctionDefinition function)
    {
        if (round.Loop is not ForStatement { Increment: { } increment, Condition: { } condition } loop)
        {
            yield break;
        }

        foreach (var step in increment.DescendantsAndSelf<AssignmentExpression>())
        {
            if (step is { Compound: BinaryOperator.Add, Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } cursor }, Value.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local, IsAutomatic: true } size } }
                && condition.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == cursor) && !loop.Body.DescendantsAndSelf().Any(node => LoopRound.IsWrite(node, LoopRound.IsVariable(cursor)))
                && round.Writes(LoopRound.IsVariable(size)) && IsZeroBefore(size, loop, function) && round.CanSkip(LoopRound.IsVariable(size)))
            {
                yield return (step, cursor, size);
            }
        }
    }

    private static bool IsZeroBefore(VariableSymbol size, ForStatement loop, FunctionDefinition function)
    {
        var writes = function.Body.DescendantsAndSelf().Where(node => LoopRound.IsWrite(node, LoopRound.IsVariable(size)) && !node.Ancestors().Contains(loop)).ToList();
        return writes.TrueForAll(static write => write is LocalDeclaration { Initializer: null or { Constant: 0 } } or AssignmentExpression { Compound: null, Value.Constant: 0 });
    }
}
