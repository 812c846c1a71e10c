using System.Collections.Immutable;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Walk;

/// <summary>Follows the paths of a function and finds the stores that leave what they write to as it is, on every path.</summary>
internal sealed class WritebackPaths(ControlFlowGraph graph, ImmutableArray<AssignmentExpression> stores) : PathAnalysis<bool>(graph)
{
    private readonly HashSet<AssignmentExpression> idle = [];
    private readonly HashSet<AssignmentExpression> useful = [];

    /// <summary>The assignments of variables of the function to what its parameters point to, and to members of that.</summary>
    public static ImmutableArray<AssignmentExpression> StoresOf(FunctionDefinition function) =>
    [
        .. function.Body.DescendantsAndSelf<AssignmentExpression>()
            .Where(static assignment => assignment is { Compound: null, Value.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } } } && ParameterOf(assignment.Target) is not null),
    ];

    /// <summary>Follows the paths.</summary>
    public void Run() => Run(false);

    /// <summary>True if the store never changes anything.</summary>
    public bool IsIdle(AssignmentExpression store) => idle.Contains(store) && !useful.Contains(store);

    /// <summary>True if there is a path on which the store changes nothing.</summary>
    public bool IsIdleSomewhere(AssignmentExpression store) => idle.Contains(store);

    protected override IEnumerable<Path<bool>> Visit(Path<bool> path, Node node)
    {
        if (node is AssignmentExpression assignment && stores.Contains(assignment))
        {
            var value = ExpressionSemantics.Evaluate(path.State, assignment.Value);
            var isSame = value is UnknownValue { Source: InitialContent { Place: var origin } }
                && ExpressionSemantics.PlaceOf(path.State, assignment.Target) is { } place && origin == place && path.State.Read(place) == value;
            _ = (isSame ? idle : useful).Add(assignment);
        }

        return base.Visit(path, node);
    }

    /// <summary>The parameter through which an lvalue is reached; null if it is reached in another way.</summary>
    private static VariableSymbol? ParameterOf(Expression target)
    {
        while (true)
        {
            switch (target)
            {
                case MemberExpression { IsArrow: false } member:
                    target = member.Target;
                    break;
                case MemberExpression { IsArrow: true, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } parameter } }:
                    return parameter;
                case UnaryExpression { Operator: UnaryOperator.Dereference, Operand.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } parameter } }:
                    return parameter;
                default:
                    return null;
            }
        }
    }
}
