using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>
/// Pages that a function finds by an entry of a page table, under its lock, and that nobody learns of from it: it makes no number of a page, which leads to the page as well, and returns none. A reference
/// that it takes to such a page is for itself.
/// </summary>
internal static class LentPages
{
    /// <summary>True if a call takes a reference to such a page.</summary>
    public static bool IsOfOne(CallExpression taking, FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(taking);
        ArgumentNullException.ThrowIfNull(function);
        return taking.Arguments is [{ Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } page } }, ..] && ReferenceShapes.IsPage(page.Type)
            && function.Symbol.Signature is { } signature && !ReferenceShapes.IsPage(signature.Result)
            && !function.Body.DescendantsAndSelf<CallExpression>().Any(IsNumberOfPage)
            && IsLent(page, function, depth: 3);
    }

    /// <summary>True for a call that makes a number of a page, unless that becomes a pointer again at once, as in the macro page_folio().</summary>
    private static bool IsNumberOfPage(CallExpression call) =>
        call.Type.Canonical is IntegerType && call.Function is { } callee && ReferenceFacts.SameAs(callee.Name) is not null && call.Parent is not CastExpression { Type.Canonical: PointerType };

    private static bool IsLent(VariableSymbol page, FunctionDefinition function, int depth) => depth > 0 && function.Body.DescendantsAndSelf().All(node => node switch
    {
        LocalDeclaration { Initializer: { } value } declaration when declaration.Symbol == page => IsLent(value, function, depth),
        AssignmentExpression assignment when (assignment.Target.Unwrapped as NameExpression)?.Symbol == page => assignment.Compound is null && IsLent(assignment.Value, function, depth),
        UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression name } => name.Symbol != page,
        _ => true,
    });

    private static bool IsLent(Expression value, FunctionDefinition function, int depth) => value.Unwrapped switch
    {
        CallExpression { Function: { } callee } call when ReferenceFacts.SameAs(callee.Name) is { } same && same < call.Arguments.Length =>
            call.Arguments[same].Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } page } ? IsLent(page, function, depth - 1) : IsLent(call.Arguments[same], function, depth - 1),
        CallExpression { Function: { } callee } => ReferenceFacts.IsLending(callee.Name),
        // pfn_to_page() of the number in an entry.
        BinaryExpression { Operator: BinaryOperator.Add } sum => sum.DescendantsAndSelf<CallExpression>().Any(),
        var other => other.Constant == 0,
    };
}
