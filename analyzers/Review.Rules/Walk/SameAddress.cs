using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Walk;

/// <summary>A loop counts down how much is left and works at the same address in every round.</summary>
internal static class SameAddress
{
    private const string WorksAt = "works at";

    private static readonly FactTable Table = FactResource.Read("PagesAt");

    /// <summary>The calls of such a loop, with the address that no round changes.</summary>
    public static IEnumerable<(CallExpression Call, VariableSymbol Address)> In(LoopRound round)
    {
        if (round.Condition is not { } condition || !condition.DescendantsAndSelf().Any(node => IsCountedDown(node, round)))
        {
            yield break;
        }

        foreach (var call in round.Nodes.OfType<CallExpression>())
        {
            if ((DoneBy(call, condition, round) ?? CopiedAt(call, condition, round)) is { } start)
            {
                yield return (call, start);
                continue;
            }

            foreach (var at in AddressesOf(call))
            {
                if (at.Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } address } && !round.Writes(LoopRound.IsVariable(address)))
                {
                    yield return (call, address);
                }
            }
        }
    }

    /// <summary>The arguments of a call that say from which address on it gets at pages.</summary>
    public static IEnumerable<Expression> AddressesOf(CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Table.OutcomesOf(call.Function?.Name ?? "").SelectMany(static outcome => outcome.OnParameters)
            .Where(effect => effect.Verb == WorksAt && effect.Parameter < call.Arguments.Length).Select(effect => call.Arguments[effect.Parameter]);
    }

    /// <summary>
    /// The first argument of a call that is an address no round changes, where the call gets what is left and says how much of it was done: <c>done = f(start, min(left, n)); left -= done;</c>.
    /// </summary>
    private static VariableSymbol? DoneBy(CallExpression call, Expression condition, LoopRound round)
    {
        if (call.Arguments is not [{ Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } start } } first, ..] || first.Unwrapped.Type.Canonical is not IntegerType { Size: 8, IsSigned: false }
            || round.Writes(LoopRound.IsVariable(start)) || ResultOf(call) is not { } done)
        {
            return null;
        }

        var left = round.Nodes.OfType<AssignmentExpression>().Where(step => step is { Compound: BinaryOperator.Subtract } && LoopRound.IsVariable(done)(step.Value)).Select(static step => (step.Target.Unwrapped as NameExpression)?.Symbol).OfType<VariableSymbol>();
        return left.Any(count => condition.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == count)
            && call.Arguments.Skip(1).Any(argument => argument.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == count))) ? start : null;
    }

    /// <summary>The user memory that a call copies a chunk from or to, which no round moves on: <c>n = min(left, CHUNK); copy_from_user(chunk, from, n); left -= n;</c>.</summary>
    private static VariableSymbol? CopiedAt(CallExpression call, Expression condition, LoopRound round)
    {
        var user = (call.Function?.Name, call.Arguments) switch
        {
            ("copy_from_user" or "__copy_from_user", [_, var from, _]) => from,
            ("copy_to_user" or "__copy_to_user", [var to, _, _]) => to,
            _ => null,
        };
        if (user?.Unwrapped is not NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } memory } || round.Writes(LoopRound.IsVariable(memory)))
        {
            return null;
        }

        var chunks = round.Nodes.OfType<AssignmentExpression>()
            .Where(step => step.Compound == BinaryOperator.Subtract && step.Target.Unwrapped is NameExpression left && condition.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == left.Symbol))
            .Select(static step => (step.Value.Unwrapped as NameExpression)?.Symbol).OfType<VariableSymbol>();
        return chunks.Any(chunk => call.Arguments[2].DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == chunk)) ? memory : null;
    }

    private static VariableSymbol? ResultOf(CallExpression call) => call.Ancestors().FirstOrDefault(static node => node is not CastExpression) switch
    {
        AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } } => variable,
        LocalDeclaration declaration => declaration.Symbol,
        _ => null,
    };

    /// <summary>True for a variable from which a round takes what it has done; one that only counts the tries goes down by one.</summary>
    private static bool IsCountedDown(Node node, LoopRound round) =>
        node is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } left }
        && round.Nodes.Any(step => step is AssignmentExpression { Compound: BinaryOperator.Subtract, Value.Constant: null } done && LoopRound.IsVariable(left)(done.Target));
}
