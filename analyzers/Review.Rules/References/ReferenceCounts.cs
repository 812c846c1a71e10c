using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.References;

/// <summary>Calls that take or give back several references at once: who gives up what was taken in one go has to give back as many.</summary>
internal static class ReferenceCounts
{
    private const string TakesMany = "takes as many as";
    private const string GivesMany = "gives back as many as";
    private const string Plain = "gives back plain ones";

    private static readonly FactTable Table = FactResource.Read("ReferenceCount");

    /// <summary>The calls that give back a fixed number of references of those that a variable has counted, with the call that took them.</summary>
    public static IEnumerable<(CallExpression Put, CallExpression Taken, VariableSymbol Count)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var put in function.Body.DescendantsAndSelf<CallExpression>())
        {
            if (CountOf(put, GivesMany) is { Constant: not null } && put.Arguments[0].Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } thing }
                && OnlyValue.CallFor(function, thing) is { } taken && IsPart(put, taken) && CountOf(taken, TakesMany)?.Unwrapped is NameExpression { Symbol: VariableSymbol count }
                && LoopOf(put) == LoopOf(taken))
            {
                yield return (put, taken, count);
            }
        }
    }

    /// <summary>True if a loop gives back, one by one, the references that a call has taken at once: on the path without a round there were none.</summary>
    public static bool IsGivenBackInTurns(FunctionDefinition function, CallExpression taken)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(taken);
        return CountOf(taken, TakesMany) is { Constant: null } && function.Body.DescendantsAndSelf<CallExpression>().Any(put => IsPart(put, taken) && LoopOf(put) is { } loop && loop != LoopOf(taken)
            && put.Arguments[0].Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } thing } && OnlyValue.CallFor(function, thing) == taken);
    }

    /// <summary>True if a call gives back a fixed number of references of those that another one has taken, as many as something says.</summary>
    public static bool IsPart(CallExpression put, CallExpression taken)
    {
        ArgumentNullException.ThrowIfNull(put);
        ArgumentNullException.ThrowIfNull(taken);
        return CountOf(put, GivesMany) is { Constant: not null } && CountOf(taken, TakesMany) is { Constant: null };
    }

    /// <summary>True for a function that gives plain references to pages back, one or several, and no pins.</summary>
    public static bool GivesPlain(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has($"{Plain} *0"));

    private static Expression? CountOf(CallExpression call, string verb) => call.Function is not { } callee ? null
        : Table.OutcomesOf(callee.Name).SelectMany(static outcome => outcome.OnParameters).Where(effect => effect.Verb == verb && effect.Parameter < call.Arguments.Length)
            .Select(effect => call.Arguments[effect.Parameter]).FirstOrDefault();

    private static Node? LoopOf(Node node) => node.Ancestors().FirstOrDefault(static outer => outer is WhileStatement or ForStatement or DoStatement);
}
