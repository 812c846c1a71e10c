using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>
/// The functions of a file that are there to find a thing and to return it with a reference, or nothing: what they return comes from a function of which the table says that.
/// </summary>
internal sealed class ReferenceGivers(TranslationUnit unit)
{
    private readonly FactMemo<string, bool> known = new();

    /// <summary>True if a call's result is NULL or comes with a reference.</summary>
    public bool Gives(CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call is { Type.Canonical: PointerType, Function: { } function } && !ReferenceFacts.IsInTable(function.Name) && unit.Find(function.Name) is { } body
            && known.Get(function.Name, () => Gives(body), static () => false);
    }

    private static bool Gives(FunctionDefinition function)
    {
        var values = function.Body.DescendantsAndSelf<ReturnStatement>().Select(static @return => @return.Value?.Unwrapped).ToList();
        return values.Exists(value => value is not null && IsGiven(value, function)) && values.TrueForAll(value => value is not null && (value.Constant == 0 || IsGiven(value, function)));
    }

    private static bool IsGiven(Expression value, FunctionDefinition function) => value switch
    {
        CallExpression call => IsGift(call),
        NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } variable } => IsGiven(variable, function),
        _ => false,
    };

    /// <summary>True if a variable never has anything but nothing or such a result, and nobody else gets hold of it.</summary>
    private static bool IsGiven(VariableSymbol variable, FunctionDefinition function)
    {
        var isGiven = false;
        foreach (var use in function.Body.DescendantsAndSelf<NameExpression>().Where(use => use.Symbol == variable))
        {
            switch (use.Ancestors().FirstOrDefault(static outer => outer is not CastExpression))
            {
                case AssignmentExpression { Compound: null } assignment when assignment.Target.Unwrapped == use && (assignment.Value.Constant == 0 || assignment.Value.Unwrapped is CallExpression):
                    isGiven |= assignment.Value.Unwrapped is CallExpression call && IsGift(call);
                    if (assignment.Value.Unwrapped is CallExpression other && !IsGift(other))
                    {
                        return false;
                    }

                    break;
                case ReturnStatement or UnaryExpression { Operator: UnaryOperator.LogicalNot } or IfStatement:
                    break;
                default:
                    return false;
            }
        }

        return isGiven;
    }

    private static bool IsGift(CallExpression call) => call.Function is { } function && ReferenceFacts.IsGift(function.Name);
}
