using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Range;

/// <summary>What a path knows of the end that was asked for, and of the ends of VMAs.</summary>
/// <param name="Ends">Values that came from a parameter that is the end of a range.</param>
/// <param name="Edges">Values that were made of the end of a VMA, and of which one.</param>
/// <param name="Compared">Ends of VMAs that were compared with something behind the start.</param>
/// <param name="Held">Variables that hold the end that was asked for, or less.</param>
/// <param name="Grown">Variables that held the end that was asked for, and now hold the end of a VMA that nobody compared with it.</param>
internal sealed record BoundState(EquatableMap<UnknownValue, VariableSymbol> Ends, EquatableMap<UnknownValue, UnknownValue> Edges, EquatableMap<UnknownValue, bool> Compared, EquatableMap<VariableSymbol, bool> Held, EquatableMap<VariableSymbol, AssignmentExpression> Grown)
{
    public static readonly BoundState Empty = new(EquatableMap<UnknownValue, VariableSymbol>.Empty, EquatableMap<UnknownValue, UnknownValue>.Empty, EquatableMap<UnknownValue, bool>.Empty, EquatableMap<VariableSymbol, bool>.Empty, EquatableMap<VariableSymbol, AssignmentExpression>.Empty);

    /// <summary>Values have grown older: what is known of them is known of the older ones.</summary>
    /// <param name="node">What makes them anew.</param>
    public BoundState Age(Node node)
    {
        if (Ends.Count + Edges.Count + Compared.Count == 0)
        {
            return this;
        }

        List<UnknownValue> old = [];
        Collect(Ends);
        Collect(Edges);
        Collect(Compared);
        return old.Aggregate(this, static (state, value) => state.Rename(value, value with { Generation = 1 }));

        void Collect<T>(EquatableMap<UnknownValue, T> map)
        {
            foreach (var (key, _) in map.Entries)
            {
                foreach (var value in Origins(key))
                {
                    if (value.Generation == 0 && IsMadeBy(value, node) && !old.Contains(value))
                    {
                        old.Add(value);
                    }
                }
            }
        }
    }

    private static bool IsMadeBy(UnknownValue value, Node node) => value.Source == node || (value.Source is WrittenBy written && written.Node == node);

    /// <summary>A value has another name now, and so has what was read through it.</summary>
    public BoundState Rename(UnknownValue value, UnknownValue older)
    {
        var (ends, edges, compared) = (EquatableMap<UnknownValue, VariableSymbol>.Empty, EquatableMap<UnknownValue, UnknownValue>.Empty, EquatableMap<UnknownValue, bool>.Empty);
        foreach (var (key, end) in Ends)
        {
            ends = ends.With(Renamed(key), end);
        }

        foreach (var (key, edge) in Edges)
        {
            edges = edges.With(Renamed(key), Renamed(edge));
        }

        foreach (var (key, isCompared) in Compared)
        {
            compared = compared.With(Renamed(key), isCompared);
        }

        return this with { Ends = ends, Edges = edges, Compared = compared };

        UnknownValue Renamed(UnknownValue key) => key.Replace(value, older) as UnknownValue ?? key;
    }

    /// <summary>The value, and those that it was read through.</summary>
    private static IEnumerable<UnknownValue> Origins(UnknownValue value)
    {
        for (var current = value; current is not null; current = current.Source is InitialContent { Place.Root: PointeePlace { Pointer: UnknownValue pointer } } ? pointer : null)
        {
            yield return current;
        }
    }
}

/// <summary>Follows the end of the range that a function was asked for, to where the end of a VMA takes its place without a comparison.</summary>
internal sealed class GrownBounds(FunctionAnalysisContext context, ImmutableHashSet<VariableSymbol> ends, Action<AssignmentExpression, VariableSymbol, Node> grown, Action<CallExpression, VariableSymbol> exceeds)
    : PathAnalysis<BoundState>(ControlFlowGraph.Create(context.Function))
{
    /// <summary>Variables that are there for the end that was asked for: it is what they hold first.</summary>
    private readonly HashSet<VariableSymbol> bounds = BoundsIn(context.Function, ends);

    /// <summary>The parameters that come behind another one of their kind: the ends of ranges are among them. None if the end of no VMA goes anywhere.</summary>
    public static ImmutableHashSet<VariableSymbol> EndsOf(FunctionDefinition function)
    {
        var parameters = function.Parameters;
        var lengths = Rounding.LengthsIn(function);
        var candidates = Enumerable.Range(1, Math.Max(0, parameters.Length - 1)).Where(i => IsAddress(parameters[i]) && IsAddress(parameters[i - 1]) && !lengths.Contains(parameters[i])).Select(i => parameters[i]).ToImmutableHashSet();
        return !candidates.IsEmpty && function.Body.DescendantsAndSelf<MemberExpression>().Any(static member => member.Field is { Record: "vm_area_struct", Name: "vm_end" } && member.User is not BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual }) && !MovesEdges(function) ? candidates : [];
    }

    protected override BoundState Rename(BoundState protocol, UnknownValue value, UnknownValue older) => protocol.Rename(value, older);

    protected override BoundState Simplify(BoundState protocol, PathState state)
    {
        if (protocol.Ends.Count + protocol.Edges.Count + protocol.Compared.Count == 0)
        {
            return protocol;
        }

        var edges = protocol.Edges.Where(state.Mentions);
        return protocol with { Ends = protocol.Ends.Where(state.Mentions), Edges = edges, Compared = protocol.Compared.Where(edge => state.Mentions(edge) || IsReachable(state, edge) || edges.Any(made => made.Value == edge)) };
    }

    protected override IEnumerable<Path<BoundState>> Visit(Path<BoundState> path, Node node)
    {
        switch (node)
        {
            case CallExpression call:
                path = call.Function?.Name is "__builtin_expect" or "__builtin_expect_with_probability" ? path : path.At(CheckCall(path, call));
                break;
            case NameExpression or LiteralExpression:
                // Nothing is made here.
                return base.Visit(path, node);
        }

        var next = path.In(ExpressionSemantics.Apply(path.State, node)).At(path.Protocol.Age(node));
        return (node switch
        {
            BinaryExpression { Operator: BinaryOperator.BitwiseAnd or BinaryOperator.Add or BinaryOperator.Subtract } binary when binary.Right.Constant is not null => next.At(Derive(path, next, binary)),
            LocalDeclaration { Initializer: { } initializer } declaration when EndOf(path.Protocol, ExpressionSemantics.Evaluate(path.State, initializer)) is not null => next.At(next.Protocol with { Held = next.Protocol.Held.With(declaration.Symbol, true) }),
            AssignmentExpression { Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } target } } assignment => next.At(Assign(path, next.Protocol, target, assignment)),
            _ => next,
        }).Alone;
    }

    protected override Path<BoundState>? Follow(Path<BoundState> path, FlowEdge edge)
    {
        var next = base.Follow(path, edge);
        return next is not null && edge.Condition is BranchCondition { Expression.Unwrapped: BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual } comparison }
            ? next with { Protocol = Compare(path, next.Protocol, comparison) }
            : next;
    }

    /// <summary>True for a function that gives a VMA other edges, as __vma_adjust() does: its range is the VMA itself.</summary>
    private static bool MovesEdges(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<AssignmentExpression>().Any(static assignment => assignment.Target is MemberExpression { Field: { Record: "vm_area_struct", Name: "vm_start" or "vm_end" } });

    /// <summary>True for an end that no other one follows: of three addresses in a row the middle one may be a start.</summary>
    private bool IsLast(VariableSymbol parameter) => ends.Contains(parameter) && !ends.Any(other => other.Ordinal == parameter.Ordinal + 1);

    private static HashSet<VariableSymbol> BoundsIn(FunctionDefinition function, ImmutableHashSet<VariableSymbol> ends)
    {
        var first = new Dictionary<VariableSymbol, bool>();
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            switch (node)
            {
                case LocalDeclaration { Initializer: { } initializer } declaration:
                    _ = first.TryAdd(declaration.Symbol, Mentions(initializer));
                    break;
                case AssignmentExpression { Target: NameExpression { Symbol: VariableSymbol variable } } assignment:
                    _ = first.TryAdd(variable, Mentions(assignment.Value));
                    break;
            }
        }

        return [.. first.Where(static entry => entry.Value).Select(static entry => entry.Key)];

        bool Mentions(Expression value) => value.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol is VariableSymbol variable && ends.Contains(variable));
    }

    /// <summary>True if the path still knows the VMA.</summary>
    private static bool IsReachable(PathState state, UnknownValue edge) => edge.Source is InitialContent { Place.Root: PointeePlace { Pointer: UnknownValue vma } }
        && (vma.Source is InitialContent { Place: VariablePlace { Variable.Kind: VariableKind.Parameter } } || state.Mentions(vma));

    private static bool IsAddress(VariableSymbol parameter) => parameter.Type.Canonical is IntegerType { IsSigned: false, Size: 8 };

    private BoundState Derive(Path<BoundState> path, Path<BoundState> next, BinaryExpression binary)
    {
        if (ExpressionSemantics.Evaluate(next.State, binary) is not UnknownValue result)
        {
            return next.Protocol;
        }

        var operand = ExpressionSemantics.Evaluate(path.State, binary.Left);
        var protocol = next.Protocol with { Ends = next.Protocol.Ends.Without(result), Edges = next.Protocol.Edges.Without(result) };
        return EndOf(path.Protocol, operand) is { } end ? protocol with { Ends = protocol.Ends.With(result, end) }
            : EdgeOf(path.Protocol, operand) is { } edge ? protocol with { Edges = protocol.Edges.With(result, edge) }
            : protocol;
    }

    private BoundState Assign(Path<BoundState> path, BoundState protocol, VariableSymbol target, AssignmentExpression assignment)
    {
        if (assignment.Compound is not null)
        {
            return protocol with { Held = protocol.Held.Without(target), Grown = protocol.Grown.Without(target) };
        }

        var value = ExpressionSemantics.Evaluate(path.State, assignment.Value);
        if (IsOpenEdge(path.Protocol, value))
        {
            // What the variable held may be forgotten by now: nobody is going to read it.
            return (protocol.Held.Contains(target) && bounds.Contains(target)) || IsLast(target) ? protocol with { Grown = protocol.Grown.With(target, assignment) } : protocol;
        }

        var isLimited = EndOf(path.Protocol, value) is not null || EdgeOf(path.Protocol, value) is not null;
        return protocol with { Held = isLimited ? protocol.Held.With(target, true) : protocol.Held.Without(target), Grown = protocol.Grown.Without(target) };
    }

    private BoundState Compare(Path<BoundState> path, BoundState protocol, BinaryExpression comparison)
    {
        var left = ExpressionSemantics.Evaluate(path.State, comparison.Left);
        var right = ExpressionSemantics.Evaluate(path.State, comparison.Right);
        if (EndOf(protocol, left) is null && EndOf(protocol, right) is null)
        {
            protocol = Use(Use(protocol, comparison.Left, comparison), comparison.Right, comparison);
        }

        foreach (var (one, other) in ((Value, Value)[])[(left, right), (right, left)])
        {
            // Only a look at the start, or at where the VMA begins, says nothing of where the range ends.
            if (EdgeOf(protocol, other) is { } edge && !IsOpenEdge(protocol, one) && !IsStart(one))
            {
                protocol = protocol with { Compared = protocol.Compared.With(edge, true), Grown = EquatableMap<VariableSymbol, AssignmentExpression>.Empty };
            }
        }

        return protocol;
    }

    private BoundState CheckCall(Path<BoundState> path, CallExpression call)
    {
        var protocol = call.Arguments.Aggregate(path.Protocol, (known, argument) => Use(known, argument, call));
        for (var i = 0; i + 1 < call.Arguments.Length; i++)
        {
            var end = ExpressionSemantics.Evaluate(path.State, EndIn(path.State, call.Arguments[i], call.Arguments[i + 1]));
            if (ExpressionSemantics.Evaluate(path.State, call.Arguments[i]) is UnknownValue { Source: InitialContent { Place: VariablePlace { Variable: { Kind: VariableKind.Parameter } start } } }
                && ends.FirstOrDefault(candidate => candidate.Ordinal == start.Ordinal + 1) is { } asked && IsOpenEdge(protocol, end) && EdgeOf(protocol, end) is { } edge)
            {
                exceeds(call, asked);
                protocol = protocol with { Compared = protocol.Compared.With(edge, true) };
            }
        }

        return protocol;
    }

    /// <summary>Where a range ends that is handed over as a start and an end, or as a start and a length: <c>end - start</c>.</summary>
    private static Expression EndIn(PathState state, Expression start, Expression bound) =>
        bound.Unwrapped is BinaryExpression { Operator: BinaryOperator.Subtract } length && ExpressionSemantics.Evaluate(state, length.Right) == ExpressionSemantics.Evaluate(state, start) ? length.Left : bound;

    /// <summary>Somebody works with a variable.</summary>
    private BoundState Use(BoundState protocol, Expression expression, Node user)
    {
        if (expression.Unwrapped is not NameExpression { Symbol: VariableSymbol variable } || protocol.Grown[variable] is not { } assignment)
        {
            return protocol;
        }

        grown(assignment, variable, user);
        return protocol with { Grown = protocol.Grown.Without(variable) };
    }

    private VariableSymbol? EndOf(BoundState protocol, Value value) => value switch
    {
        UnknownValue unknown when protocol.Ends[unknown] is { } end => end,
        UnknownValue { Source: InitialContent { Place: VariablePlace { Variable: var parameter } } } when ends.Contains(parameter) => parameter,
        _ => null,
    };

    private bool IsStart(Value value) => value switch
    {
        ConstantValue => true,
        UnknownValue { Source: InitialContent { Place: FieldPlace { Field: { Record: "vm_area_struct", Name: "vm_start" } } } } => true,
        UnknownValue { Source: InitialContent { Place: VariablePlace { Variable: { Kind: VariableKind.Parameter } parameter } } } => !ends.Contains(parameter) && ends.Any(end => end.Ordinal == parameter.Ordinal + 1),
        _ => false,
    };

    /// <summary>The end of a VMA that a value is, or was made of.</summary>
    private static UnknownValue? EdgeOf(BoundState protocol, Value value) => value is not UnknownValue unknown ? null
        : protocol.Edges[unknown] ?? (unknown.Source is InitialContent { Place: FieldPlace { Field: { Record: "vm_area_struct", Name: "vm_end" } } } ? unknown : null);

    /// <summary>True for the end of a VMA that was not compared with the end that was asked for.</summary>
    private static bool IsOpenEdge(BoundState protocol, Value value) => EdgeOf(protocol, value) is { } edge && !protocol.Compared.Contains(edge);
}
