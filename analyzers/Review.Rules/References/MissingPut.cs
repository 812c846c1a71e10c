using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>The cure of a reference that a path does not give back: the call that gives it back on another path, before the function is left.</summary>
internal static class MissingPut
{
    /// <summary>The cure of a leak; null if no other path says how the reference is given back, or where it would have to be.</summary>
    public static Fix? Of(FunctionAnalysisContext context, ReferenceDefect defect) =>
        defect is { Kind: ReferenceDefectKind.Leak, At: CallExpression taking, Returns.IsEmpty: false } && VariableOf(taking, context.Function) is { } variable
        && defect.Returns.All(@return => @return.Value is null || !@return.Value.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == variable))
        && PutOf(context, variable) is { } put
            ? StatementInsertion.Before(context.Unit.Text, defect.Returns, put + ";", $"call {put} before the function is left")
            : null;

    /// <summary>The one way in which the function gives a variable's thing back, as the file spells it.</summary>
    private static string? PutOf(FunctionAnalysisContext context, VariableSymbol variable)
    {
        var puts = context.Function.Body.DescendantsAndSelf<CallExpression>()
            .Where(call => call is { Parent: ExpressionStatement, Origin.Kind: OriginKind.Spelled, Function: { } function, Arguments: [var thing] } && ReferenceFacts.IsRelease(function.Name)
                && thing.Unwrapped is NameExpression name && name.Symbol == variable)
            .Select(call => context.Unit.Text.Slice(call.Span)).Distinct(StringComparer.Ordinal).ToList();
        return puts is [var put] ? put : null;
    }

    /// <summary>The variable that names the thing from the call on: its argument or the one that gets its result, if the function never gives it another value.</summary>
    private static VariableSymbol? VariableOf(CallExpression taking, FunctionDefinition function)
    {
        var variable = taking.Ancestors().FirstOrDefault(static node => node is AssignmentExpression or LocalDeclaration or Statement) switch
        {
            AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } target } } when target.Type.Canonical is PointerType => target,
            LocalDeclaration { Symbol: { Type.Canonical: PointerType } declared } => declared,
            _ => null,
        } ?? taking.Arguments.OrderBy(static argument => argument.Unwrapped is NameExpression).Select(NameOf).FirstOrDefault(static name => name is not null);
        return variable is not null && function.Body.DescendantsAndSelf().Count(node => IsSet(node, variable)) <= 1 ? variable : null;
    }

    private static VariableSymbol? NameOf(Expression argument) => argument.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol { IsAutomatic: true, Type.Canonical: PointerType } variable } => variable,
        UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression { Symbol: VariableSymbol { IsAutomatic: true, Type.Canonical: PointerType } filled } } => filled,
        _ => null,
    };

    private static bool IsSet(Node node, VariableSymbol variable) => node switch
    {
        AssignmentExpression { Target.Unwrapped: NameExpression name } => name.Symbol == variable,
        UnaryExpression { IsStep: true, Operand.Unwrapped: NameExpression name } => name.Symbol == variable,
        LocalDeclaration { Initializer: not null } declaration => declaration.Symbol == variable,
        UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression name } => name.Symbol == variable,
        _ => false,
    };
}
