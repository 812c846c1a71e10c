using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Rules.Locking;

namespace Review.Rules.Vma;

/// <summary>Whether a path has dropped mmap_lock, and whether it holds it again.</summary>
/// <param name="Drop">The call that dropped it and that could not set the mark itself; null if there was none.</param>
/// <param name="IsRetaken">True if it was taken again after that.</param>
internal sealed record LockDrop(CallExpression? Drop, bool IsRetaken);

/// <summary>
/// The dialect of kernels from 6.17 on: a visitor that drops mmap_lock and takes it again sets <c>lock_dropped</c>, a member of the
/// state of the walk or a parameter of its own, and the walker looks the next VMA up anew.
/// </summary>
internal sealed class LockDropMark : PathAnalysis<LockDrop>
{
    /// <summary>The name of the mark.</summary>
    public const string Mark = "lock_dropped";

    private readonly FunctionFacts facts;
    private readonly VariableSymbol parameter;
    private readonly Place place;
    private readonly Dictionary<CallExpression, ReturnStatement?> unmarked = [];

    private LockDropMark(FunctionAnalysisContext context, VariableSymbol parameter, FieldSymbol? field)
        : base(ControlFlowGraph.Create(context.Function))
    {
        facts = MmapLockFacts.Of(context).Functions;
        this.parameter = parameter;
        var pointee = new PointeePlace(new UnknownValue(new InitialContent(new VariablePlace(parameter))));
        place = field is null ? pointee : new FieldPlace(pointee, field);
        Name = field is null ? $"*{parameter.Name}" : $"{parameter.Name}->{field.Name}";
    }

    /// <summary>The mark as the function spells it.</summary>
    public string Name { get; }

    /// <summary>The mark that a function has to set, or null if its file or the function speaks another dialect.</summary>
    public static LockDropMark? Of(FunctionAnalysisContext context)
    {
        if (context.Function.Parameters.FirstOrDefault(static parameter => parameter.Name == Mark && parameter.Type.Pointee is IntegerType { IsBool: true }) is { } flag)
        {
            return new LockDropMark(context, flag, null);
        }

        var marks = context.Facts.Get(static unit => new MarkField(unit));
        return marks is { Field: { } field } && marks.IsBelowWalker(context.Function) && context.Function.Parameters.FirstOrDefault(parameter => parameter.Type.IsPointerTo(field.Record)) is { } state
            ? new LockDropMark(context, state, field)
            : null;
    }

    /// <summary>The calls that dropped the lock and after which the function can succeed, holding it again, without the mark; each with a return.</summary>
    public IEnumerable<(CallExpression Drop, ReturnStatement? Return)> FindUnmarked()
    {
        Run(new LockDrop(null, IsRetaken: false));
        return unmarked.OrderBy(static pair => pair.Key.Span.Start).Select(static pair => (pair.Key, pair.Value));
    }

    /// <summary>The function that a call calls.</summary>
    public string NameOf(CallExpression call) => call.Name ?? parameter.Name;

    protected override IEnumerable<Path<LockDrop>> Visit(Path<LockDrop> path, Node node) => node is CallExpression call ? VisitCall(path, call) : base.Visit(path, node);

    private IEnumerable<Path<LockDrop>> VisitCall(Path<LockDrop> path, CallExpression call) =>
        facts.Apply(path.State, call).Select(next => new Path<LockDrop>(next.State, Move(path, call, next.Outcome)));

    protected override void AtExit(Path<LockDrop> path, ReturnStatement? @return)
    {
        if (path.Protocol is { Drop: { } drop, IsRetaken: true } && StalePrev.MaySucceed(path.State)
            && path.State.Read(place) is ConstantValue { Number: 0 } or UnknownValue { Source: InitialContent }
            && (path.State.FactOf(path.State.Read(place)).Signs & Signs.Zero) != Signs.None)
        {
            _ = unmarked.TryAdd(drop, @return);
        }
    }

    private LockDrop Move(Path<LockDrop> path, CallExpression call, CallOutcome? outcome)
    {
        var drop = path.Protocol;
        foreach (var effect in outcome?.Effects ?? EffectTrail.Empty)
        {
            drop = effect switch
            {
                // Whoever gets the mark is to set it: the finding is there.
                MmapLockFacts.Drops => new LockDrop(GetsMark(path.State, call) ? drop.Drop : drop.Drop ?? call, IsRetaken: false),
                MmapLockFacts.Takes => drop with { IsRetaken = true },
                _ => drop,
            };
        }

        return drop;
    }

    private bool GetsMark(PathState state, CallExpression call)
    {
        var own = new UnknownValue(new InitialContent(new VariablePlace(parameter)));
        return call.Arguments.Any(argument => ExpressionSemantics.Evaluate(state, argument) == own);
    }

    /// <summary>The member that is the mark, if the file has one, and the functions that are to set it.</summary>
    private sealed class MarkField
    {
        private readonly HashSet<string> belowWalker = new(StringComparer.Ordinal);

        public MarkField(TranslationUnit unit)
        {
            var callees = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
            var waiting = new Stack<string>();
            foreach (var function in unit.Functions)
            {
                var nodes = function.Body.DescendantsAndSelf().ToList();
                callees[function.Name] = [.. nodes.OfType<CallExpression>().Select(static call => call.Function?.Name).OfType<string>()];
                var uses = nodes.OfType<MemberExpression>().Where(static member => member.Field.Name == Mark).ToList();
                Field ??= uses.FirstOrDefault()?.Field;
                if (uses.Exists(static member => member.IsRead))
                {
                    waiting.Push(function.Name);
                }
            }

            // The walker reads the mark; what it calls runs inside the walk.
            var walkers = waiting.ToHashSet(StringComparer.Ordinal);
            while (waiting.TryPop(out var name))
            {
                foreach (var callee in callees[name])
                {
                    if (callees.ContainsKey(callee) && !walkers.Contains(callee) && belowWalker.Add(callee))
                    {
                        waiting.Push(callee);
                    }
                }
            }
        }

        public FieldSymbol? Field { get; }

        public bool IsBelowWalker(FunctionDefinition function) => belowWalker.Contains(function.Name);
    }
}
