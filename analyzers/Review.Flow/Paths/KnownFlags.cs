using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>
/// The flags of a function: numbers that its caller hands over by pointer, its truth values, and the numbers whose address it gives away. They say in a word what
/// has happened on a path, e.g. <c>*locked</c>, so they are the last thing to forget where paths are merged.
/// </summary>
internal sealed class KnownFlags
{
    /// <summary>Flags looked at: each more may double the paths.</summary>
    private const int Maximum = 6;

    private static readonly ConditionalWeakTable<ControlFlowGraph, KnownFlags> Known = [];

    private readonly ImmutableArray<Place> places;

    private KnownFlags(FunctionDefinition function)
    {
        var given = function.Body.DescendantsAndSelf<UnaryExpression>()
            .Where(static address => address.Operator == UnaryOperator.AddressOf)
            .Select(static address => (address.Operand as NameExpression)?.Symbol)
            .ToHashSet();
        var written = function.Body.DescendantsAndSelf<AssignmentExpression>().Select(static assignment => (assignment.Target as NameExpression)?.Symbol).ToHashSet();
        places =
        [
            .. function.Parameters
                .Where(parameter => parameter.Type.Pointee is IntegerType or EnumType && !written.Contains(parameter))
                .SelectMany(static parameter => (Place[])[new VariablePlace(parameter), new PointeePlace(new UnknownValue(new InitialContent(new VariablePlace(parameter))))])
                .Concat(function.Body.DescendantsAndSelf<LocalDeclaration>()
                    .Select(static declaration => declaration.Symbol)
                    .Where(variable => variable.Type.Canonical is IntegerType { IsBool: true } || (variable.Type.Canonical is IntegerType && given.Contains(variable)))
                    .Select(static variable => new VariablePlace(variable)))
                .Take(Maximum),
        ];
    }

    /// <summary>The flags of a graph's function, found once for all who follow its paths.</summary>
    public static KnownFlags Of(ControlFlowGraph graph) => Known.GetValue(graph, static graph => new KnownFlags(graph.Function));

    /// <summary>What a path knows of the flags, in two bits for each: that it is zero, that it is not, or neither.</summary>
    public int In(PathState state)
    {
        var known = 0;
        foreach (var place in places)
        {
            var signs = state.FactOf(state.Read(place)).Signs;
            known = (known << 2) | (signs == Signs.Zero ? 1 : (signs & Signs.Zero) == Signs.None ? 2 : 0);
        }

        return known;
    }
}
