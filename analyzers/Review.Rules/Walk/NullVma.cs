using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Rules.Locking;

namespace Review.Rules.Walk;

/// <summary>The VMAs for which a visitor may have left NULL, with the call.</summary>
internal sealed record LeftNull(EquatableMap<Value, CallExpression> Calls);

/// <summary>A walker uses the VMA that a visitor has left it, or one that was set to NULL on the way, without asking whether it is NULL.</summary>
internal sealed class NullVma : PathAnalysis<LeftNull>
{
    private const string Vma = "vm_area_struct";

    private readonly FunctionFacts facts;
    private readonly Clearers clearers;
    private readonly Dictionary<Expression, CallExpression?> found = [];

    private NullVma(FunctionAnalysisContext context, FunctionFacts facts, Clearers clearers)
        : base(ControlFlowGraph.Create(context.Function))
    {
        this.facts = facts;
        this.clearers = clearers;
    }

    /// <summary>The uses of a pointer that may be NULL, with the call that left it so; null for one that the function has set itself.</summary>
    public static IEnumerable<(Expression Pointer, CallExpression? By)> In(FunctionAnalysisContext context, FunctionFacts facts)
    {
        var known = context.Facts.Get(static unit => new Clearers(unit));
        if (!context.Function.Body.DescendantsAndSelf().Any(node => node is CallExpression call ? known.ClearedBy(call).Any() : IsCleared(node)))
        {
            return [];
        }

        var analysis = new NullVma(context, facts, known);
        analysis.Run(new LeftNull(EquatableMap<Value, CallExpression>.Empty));
        return analysis.found.OrderBy(static pair => pair.Key.Span.Start).Select(static pair => (pair.Key, pair.Value));
    }

    /// <summary>True if the function drops mmap_lock: the VMA is set to NULL then because it is to be looked up anew.</summary>
    public static bool IsUnlocked(FunctionAnalysisContext context) => MmapLockFacts.Of(context).Functions.EffectsWithin(context.Function).Contains(MmapLockFacts.Drops);

    /// <summary>A VMA that is set to NULL where a loop may come to it again.</summary>
    private static bool IsCleared(Node node) =>
        node is AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } } assignment
        && variable.Type.IsPointerTo(Vma) && RangeReading.IsNull(assignment.Value) && assignment.Ancestors().Any(static around => around is ForStatement or WhileStatement or DoStatement);

    protected override IEnumerable<Path<LeftNull>> Visit(Path<LeftNull> path, Node node)
    {
        switch (node)
        {
            case MemberExpression { IsArrow: true } member when member.Target.Type.IsPointerTo(Vma):
                Check(path, member.Target);
                break;
            case CallExpression call:
                return VisitCall(path, call);
        }

        return base.Visit(path, node);
    }

    private IEnumerable<Path<LeftNull>> VisitCall(Path<LeftNull> path, CallExpression call) => facts.Apply(path.State, call).Select(next => Note(path, call, next.State));

    protected override LeftNull Rename(LeftNull protocol, UnknownValue value, UnknownValue older) =>
        protocol.Calls[value] is { } call ? new LeftNull(protocol.Calls.Without(value).With(older, call)) : protocol;

    protected override LeftNull Simplify(LeftNull protocol, PathState state) => new(protocol.Calls.Where(value => value is UnknownValue unknown && state.Holds(unknown)));

    private void Check(Path<LeftNull> path, Expression pointer)
    {
        var value = ExpressionSemantics.Evaluate(path.State, pointer);
        if (value is ConstantValue { Number: 0 })
        {
            Report(pointer, (pointer.Unwrapped as NameExpression)?.Symbol is { } variable ? ClearerOf(variable) : null);
        }
        else if (path.Protocol.Calls[value] is { } call && (path.State.FactOf(value).Signs & Signs.Zero) != Signs.None)
        {
            Report(pointer, call);
        }
    }

    /// <summary>The first use is enough: all later ones have the same cause.</summary>
    private void Report(Expression pointer, CallExpression? by)
    {
        if (by is null ? found.Count == 0 : !found.ContainsValue(by))
        {
            _ = found.TryAdd(pointer, by);
        }
    }

    private CallExpression? ClearerOf(Symbol variable) =>
        Graph.Function.Body.DescendantsAndSelf<CallExpression>().FirstOrDefault(call =>
            clearers.ClearedBy(call).Any(argument => argument.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand.Unwrapped: NameExpression name } && name.Symbol == variable));

    private Path<LeftNull> Note(Path<LeftNull> before, CallExpression call, PathState state)
    {
        var calls = before.Protocol.Calls;
        foreach (var argument in clearers.ClearedBy(call))
        {
            if (ExpressionSemantics.Evaluate(before.State, argument) is AddressValue { Place: var place } && state.Read(place) is UnknownValue left)
            {
                calls = calls.With(left, call);
            }
        }

        return new Path<LeftNull>(state, new LeftNull(calls));
    }

    /// <summary>The functions of a file that may leave NULL where a parameter points to.</summary>
    private sealed class Clearers
    {
        private readonly Dictionary<string, HashSet<int>> parameters = new(StringComparer.Ordinal);
        private readonly List<(FunctionType Type, HashSet<int> Parameters)> types = [];

        public Clearers(TranslationUnit unit)
        {
            for (var isChanged = true; isChanged;)
            {
                isChanged = false;
                foreach (var function in unit.Functions)
                {
                    foreach (var parameter in function.Parameters.Where(static parameter => parameter.Type.IsPointerToPointerTo(Vma)))
                    {
                        if (parameters.GetValueOrDefault(function.Name)?.Contains(parameter.Ordinal) != true && function.Body.DescendantsAndSelf().Any(node => Clears(node, parameter)))
                        {
                            isChanged |= (parameters.TryGetValue(function.Name, out var known) ? known : parameters[function.Name] = []).Add(parameter.Ordinal);
                        }
                    }
                }
            }

            types.AddRange(unit.Functions.Where(function => parameters.ContainsKey(function.Name) && function.Symbol.Signature is not null)
                .Select(function => (function.Symbol.Signature!, parameters[function.Name])));
        }

        /// <summary>The arguments of a call that may point to NULL afterwards. A call through a pointer may be one of any function of that type.</summary>
        public IEnumerable<Expression> ClearedBy(CallExpression call)
        {
            var cleared = call.Function is { } function ? parameters.GetValueOrDefault(function.Name, [])
                : call.Callee.Type.Pointee is FunctionType type ? [.. types.Where(known => known.Type == type).SelectMany(static known => known.Parameters)]
                : [];
            return cleared.Where(parameter => parameter < call.Arguments.Length).Select(parameter => call.Arguments[parameter]);
        }

        private bool Clears(Node node, VariableSymbol parameter) => node switch
        {
            AssignmentExpression { Target: UnaryExpression { Operator: UnaryOperator.Dereference } target, Value: var value } => LoopRound.IsVariable(parameter)(target.Operand) && RangeReading.IsNull(value),
            CallExpression call => ClearedBy(call).Any(argument => LoopRound.IsVariable(parameter)(argument)),
            _ => false,
        };
    }
}
