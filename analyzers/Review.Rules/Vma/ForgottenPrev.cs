using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Vma;

/// <summary>Visitors of a file that never mention the place where their walker looks for the VMA to go on from, although their siblings of the same form set it.</summary>
internal sealed class ForgottenPrev
{
    /// <summary>Siblings that set it, before one that does not is the exception.</summary>
    private const int MinimumSiblings = 2;

    private readonly Dictionary<string, (VariableSymbol Prev, string Sibling)> forgotten = new(StringComparer.Ordinal);

    private ForgottenPrev(TranslationUnit unit)
    {
        var visitors = unit.Functions.Select(static function => (Function: function, Prev: PrevOf(function))).Where(static visitor => visitor.Prev is not null).ToList();
        var setting = visitors.Where(static visitor => Sets(visitor.Function, visitor.Prev!)).Select(static visitor => visitor.Function.Name).ToList();
        foreach (var (function, prev) in setting.Count < MinimumSiblings ? [] : visitors.Where(static visitor => visitor.Function.Symbol.IsStatic && visitor.Function.Body.Statements.Length > 1 && !Mentions(visitor.Function, visitor.Prev!)))
        {
            forgotten[function.Name] = (prev!, setting[0]);
        }
    }

    /// <summary>The place that a function never mentions, and a sibling that sets it; null if there is none.</summary>
    public static (VariableSymbol Prev, string Sibling)? In(FunctionAnalysisContext context) =>
        context.Facts.Get(static unit => new ForgottenPrev(unit)).forgotten.TryGetValue(context.Function.Name, out var found) ? found : null;

    /// <summary>The place of a visitor, which gets a VMA and the bounds of a range beside it.</summary>
    private static VariableSymbol? PrevOf(FunctionDefinition function) =>
        function.Parameters.Count(static parameter => parameter.Type.IsPointerTo("vm_area_struct")) == 1
        && function.Parameters.Count(static parameter => parameter.Type.Canonical is IntegerType { Size: 8, IsSigned: false }) >= 2
        && function.Symbol.Signature?.Result.Canonical is IntegerType
            ? function.Parameters.FirstOrDefault(static parameter => parameter.Type.IsPointerToPointerTo("vm_area_struct"))
            : null;

    private static bool Sets(FunctionDefinition function, VariableSymbol prev) => function.Body.DescendantsAndSelf<AssignmentExpression>()
        .Any(assignment => assignment.Target is UnaryExpression { Operator: UnaryOperator.Dereference, Operand.Unwrapped: NameExpression name } && name.Symbol == prev);

    private static bool Mentions(FunctionDefinition function, VariableSymbol prev) => function.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == prev);
}
