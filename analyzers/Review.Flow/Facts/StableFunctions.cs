using System.Runtime.CompilerServices;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// The functions of a file whose result follows from their arguments alone, as that of madvise_need_mmap_write() does: asked again, they answer alike. They look
/// at nothing but numbers that they are given.
/// </summary>
internal sealed class StableFunctions
{
    private static readonly ConditionalWeakTable<TranslationUnit, StableFunctions> Known = [];

    private readonly HashSet<string> names;

    private StableFunctions(TranslationUnit unit) => names = unit.Functions.Where(IsStable).Select(static function => function.Name).ToHashSet(StringComparer.Ordinal);

    public static StableFunctions Of(TranslationUnit unit) => Known.GetValue(unit, static unit => new StableFunctions(unit));

    /// <summary>The state after a call of such a function, in which its result is the same as that of an earlier call with the same arguments.</summary>
    public static PathState Answer(PathState before, PathState after, CallExpression call, FunctionSymbol function) =>
        after.WithTemporary(call, new UnknownValue(new Relation(function.Name, [.. call.Arguments.Select(argument => ExpressionSemantics.Evaluate(before, argument))])));

    /// <summary>True if a function is such a one.</summary>
    public bool Contains(string function) => names.Contains(function);

    private static bool IsStable(FunctionDefinition function) =>
        function.Parameters.Length > 0 && function.Symbol.Signature?.Result.Canonical is IntegerType or EnumType
        && function.Parameters.All(static parameter => parameter.Type.Canonical is IntegerType or EnumType)
        && function.Body.DescendantsAndSelf().All(static node => node switch
        {
            NameExpression name => name.Symbol is EnumeratorSymbol or VariableSymbol { Kind: VariableKind.Parameter },
            UnaryExpression unary => unary is { IsStep: false, Operator: not (UnaryOperator.Dereference or UnaryOperator.AddressOf) },
            CallExpression or AssignmentExpression or MemberExpression or IndexExpression or AsmStatement or LocalDeclaration => false,
            _ => true,
        });
}
